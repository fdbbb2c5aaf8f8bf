"""The desk: the list of a person's cases, and the card of one case with what may be done there. Pure.

Rule 1. A list shows only what its reader may see, is made anew each time, and is kept nowhere.
Rule 2. A card bears the least: reference, status, time, names that its reader may know. Words are behind *Read*.
Rule 3. On a card stands what the permissions table allows its reader now, and nothing else.
Rule 4. Who only reads is shown no more of how the case goes than that it is there.
Rule 5. A flow with `start: button:` stands on the card of each of the roles that it is for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from bot.cases import alerts
from bot.cases.case import AT_REST, UNTAKEN, CaseFile, Status, Trigger, move
from bot.cases.people import readers, roles_of
from bot.cases.permissions import Action, Asked, Relation, allows, relations
from bot.cases.policy import knows_name
from bot.core.ids import CaseId, Token
from bot.core.languages import Phrases, phrases
from bot.core.messages import Asks, Choice, Fact, Message
from bot.core.people import PersonId, Role
from bot.core.texts import escape
from bot.flow.model import Flow
from bot.runtime.talks import playbook_of
from bot.runtime.view import Setting
from bot.runtime.warrants import CARD, DECLINE, GO_ON, OPEN, READ, TAKE, WHO, WITHDRAW
from bot.steps import Do
from bot.steps.do import Verb
from bot.steps.wording import show_list

#: So many cases are listed; both platforms show no more in one answer.
MOST_LISTED = 20


def listed(
    own: Iterable[CaseFile], seated: Iterable[CaseFile], person: PersonId, setting: Setting, now: datetime
) -> list[Message]:
    """A person's own reports, and the cases in which they have a part: what is soonest due first."""
    said = phrases(setting.language_of(person))
    reports = [file for file in own if file.sessions]
    cases = sorted(seated, key=lambda file: (file.case.level.rank, file.case.opened or file.case.created))
    found: list[Message] = []
    if reports:
        found += [
            Message(said.cases_own),
            *(_line(file, person, setting, now, said) for file in reports[-MOST_LISTED:]),
        ]
    if cases:
        found.append(Message(said.cases_at_work))
        found += _grouped(cases[:MOST_LISTED], person, setting, now, said)
        if len(cases) > MOST_LISTED:
            found.append(Message(said.cases_more.format(count=len(cases) - MOST_LISTED)))
    return found or [Message(said.cases_none)]


def _grouped(cases: list[CaseFile], person: PersonId, setting: Setting, now: datetime, said: Phrases) -> list[Message]:
    """Lines of cases, those that belong together under one head: only what this reader may see anyway is joined."""
    left = {file.case.id: file for file in cases}
    found: list[Message] = []
    for file in cases:
        if file.case.id not in left:
            continue
        group = _group(file, left)
        if len(group) > 1:
            lead = min((f for f in group if _owned(f)), key=_opened, default=None)
            leads = setting.people.get(lead.case.owner) if lead is not None else None
            name = escape(leads.name) if leads is not None else said.nobody
            found.append(Message(said.cases_alike.format(count=len(group), person=name)))
        found += [_line(one, person, setting, now, said) for one in group]
    return found


def _group(first: CaseFile, left: dict[CaseId, CaseFile]) -> list[CaseFile]:
    """A case with those that share something with it, directly or by way of another; they are taken out of `left`."""
    group = [left.pop(first.case.id)]
    for file in group:  # it grows on the way
        group += [left.pop(other) for other in sorted(file.case.alike) if other in left]
    return group


def _owned(file: CaseFile) -> bool:
    return file.case.owner is not None and not file.case.gap and file.case.status not in UNTAKEN


def _opened(file: CaseFile) -> tuple[datetime, CaseId]:
    return file.case.opened or file.case.created, file.case.id


def card(file: CaseFile, person: PersonId, setting: Setting, now: datetime) -> Message:
    """The card of a case, as this person may see it."""
    said = phrases(setting.language_of(person))
    own = person == file.case.reporter
    head = (said.card_own if own else said.card).format(reference=escape(file.case.reference))
    return Message(
        f"{head}\n\n{_status(file, person, setting, said)}",
        asks=Asks.ONE,
        facts=() if own else tuple(_facts(file, person, setting, now, said)),
        choices=tuple(_choices(file, person, setting, said)),
        token=_token(file),
    )


def offered(file: CaseFile, person: PersonId, setting: Setting) -> tuple[Flow, ...]:
    """The flows whose buttons stand on this person's card, in the order of their names."""
    if not allows(file, Asked(person, Action.ACT, setting.people)):
        return ()
    roles = roles_of(file.case, person, setting.people)
    flows = sorted(setting.flows.current.values(), key=lambda flow: flow.name)
    return tuple(flow for flow in flows if flow.offered_to & roles and _possible(flow, file, person, setting))


def _possible(flow: Flow, file: CaseFile, person: PersonId, setting: Setting) -> bool:
    """Whether the case can go where this flow would bring it, and this person may bring it there."""
    does = {step.command for step in flow.code if isinstance(step, Do)}
    if Verb.CLOSE in does and move(file.case.status, Trigger.CLOSE) is None:
        return False
    return Verb.HAND_OVER not in does or allows(file, Asked(person, Action.HAND_OVER, setting.people))


def _only_reads(file: CaseFile, person: PersonId, setting: Setting) -> bool:
    return relations(file.case, person, setting.people) - {Relation.AUDITOR} == {Relation.READER}


def _token(file: CaseFile) -> Token:
    return alerts.token(file.case, CARD, file.case.revision)


def _line(file: CaseFile, person: PersonId, setting: Setting, now: datetime, said: Phrases) -> Message:
    parts = [f"**{escape(file.case.reference)}**", _status(file, person, setting, said)]
    if person != file.case.reporter and not _only_reads(file, person, setting):
        if file.case.status in UNTAKEN:
            parts.append(said.levels[file.case.level])
        if file.case.status in UNTAKEN or (person == file.case.owner and not file.case.gap):
            parts += [f"{fact.label}: {fact.value}" for fact in _due(file, person, setting, now, said)]
    return Message(" · ".join(parts), asks=Asks.ONE, choices=(Choice(OPEN, said.card_open),), token=_token(file))


def _status(file: CaseFile, person: PersonId, setting: Setting, said: Phrases) -> str:
    case = file.case
    words = said.status_own if person == case.reporter else said.status_at_work
    if person == case.owner and not case.gap and case.status not in UNTAKEN | AT_REST:
        return said.status_yours
    asked = case.waited_for if case.status is Status.HANDED_OVER else case.owner
    owner = setting.people.get(asked) if not case.gap else None
    return words[case.status].format(person=escape(owner.name) if owner is not None else said.somebody)


def _facts(file: CaseFile, person: PersonId, setting: Setting, now: datetime, said: Phrases) -> Iterator[Fact]:
    case, world = file.case, setting.world(now)
    named = knows_name(person, case, setting.people)
    yield Fact(said.card_employee, world.name(case.reporter, said.the_employee) if named else said.the_employee)
    if _only_reads(file, person, setting):
        return
    yield Fact(said.alert_level, said.levels[case.level])
    reading = [escape(p.name) for p in map(setting.people.get, sorted(readers(case, setting.people))) if p is not None]
    if reading and allows(file, Asked(person, Action.ACT, setting.people)):
        yield Fact(said.card_shared, show_list(reading, said.code))
    playbook = playbook_of(setting.flows, file.sessions.values())
    if playbook is not None and playbook.tasks:
        settled = sum(task.state.settled for task in playbook.tasks.values())
        yield Fact(said.card_steps, said.card_steps_done.format(done=settled, left=len(playbook.tasks) - settled))
    yield from _due(file, person, setting, now, said)


def _due(file: CaseFile, person: PersonId, setting: Setting, now: datetime, said: Phrases) -> Iterator[Fact]:
    """By when somebody is to answer, and by when the next open step is to be done."""
    world = setting.world(now)
    if file.case.acknowledge_by is not None:
        yield Fact(said.card_answer_by, escape(world.when(file.case.acknowledge_by, person)))
    playbook = playbook_of(setting.flows, file.sessions.values())
    tasks = playbook.tasks.values() if playbook is not None else ()
    due = [task.due for task in tasks if task.due is not None and not task.state.settled]
    if due:
        yield Fact(said.task_due, escape(world.when(min(due), person)))


def _choices(file: CaseFile, person: PersonId, setting: Setting, said: Phrases) -> Iterator[Choice]:
    case = file.case
    own = person == case.reporter

    def may(action: Action) -> bool:
        return allows(file, Asked(person, action, setting.people))

    if not own and case.status in UNTAKEN and may(Action.TAKE):
        yield Choice(TAKE, said.alert_take)
    reads = roles_of(case, person, setting.people) - {Role.ON_CALL} or person in readers(case, setting.people)
    if not own and may(Action.READ) and reads:
        yield Choice(READ, said.card_read)
    if own and case.status is Status.DRAFT:
        yield Choice(GO_ON, said.go_on)
    for flow in offered(file, person, setting):
        if flow.start.button is not None:
            yield Choice(flow.name, flow.say(flow.start.button, said.code))
    if not own and case.status not in AT_REST and may(Action.DECLINE):
        yield Choice(DECLINE, said.alert_decline)
    if own:
        yield Choice(WHO, said.card_who)
    if own and case.status not in AT_REST and may(Action.WITHDRAW):
        yield Choice(WITHDRAW, said.card_withdraw)
