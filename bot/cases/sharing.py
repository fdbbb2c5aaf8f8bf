"""Who may know, changed by the reporter after the report was sent.

Rule 1. Only the reporter changes it, from sending until it is taken back. Before sending, the talk asks again.
Rule 2. Whoever is left out loses everything at once: alerts, cards, the playbook, every button. They hear, if they had
        heard of the case at all, that it is not with them any more, and nothing else.
Rule 3. An owner who is left out hands the case up the ladder in the same turn.
Rule 4. Whoever is added is told by the ladder when they are needed, not before.
Rule 5. The reporter is told who has read it or heard of it already: that cannot be undone.
Rule 6. A reader is let in and left out like everybody else, and hears at once that there is something to read.
Rule 7. That nobody may know is asked once more, with what it means; then only the fallback learns that a case has
        nobody, and the reporter is not asked for others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.cases import alerts, identity, ladder, reading
from bot.cases.alerts import PAGE, World
from bot.cases.case import AT_REST, UNTAKEN, Alerted, Case, Status
from bot.cases.inputs import ChangeConsent
from bot.cases.ladder import Decision, Noted
from bot.cases.people import consent_of, holders, readers, ticked
from bot.cases.policy import knows_name
from bot.cases.sights import SHARING
from bot.core.effects import CloseTalks, Delete, Effect, Send, Update
from bot.core.ids import Slot
from bot.core.messages import Asks, Choice, Field, Form, Input, Message
from bot.core.people import PersonId, Role
from bot.core.texts import escape
from bot.steps.wording import show_list

#: The form's fields, and the step that asks whether nobody is meant.
WHO, NAME, HIDDEN = "who", "name", "without_name"
#: What begins the option of a reader; the person follows.
READS = "reads:"
SURE_NOBODY = "sure_nobody"
TAKE_BACK, KEEP, AS_IT_WAS = "take_back", "keep", "as_it_was"


@dataclass(frozen=True, slots=True)
class Offered:
    """What the flow's consents let the reporter choose; `hiding` whether to stay without a name."""

    roles: tuple[Role, ...]
    hiding: bool


# --- the form --------------------------------------------------------------------------------------------------------


def form(case: Case, offered: Offered, world: World) -> Form:
    """What stands now, to be ticked and unticked."""
    said = world.phrases_of(case.reporter)
    knowing = said.knowing
    roles = [(role, _standing(case, role, world)) for role in offered.roles]
    options = [
        Choice(role, knowing.option.format(role=said.role_names[role], persons=names)) for role, names in roles if names
    ]
    persons = sorted(case.consent.persons)
    options.extend(Choice(person, _name(person, case, world)) for person in persons)
    may_read = reading.choosable(case, world)
    options.extend(
        Choice(f"{READS}{person}", knowing.option.format(role=said.reading.reads, persons=_name(person, case, world)))
        for person in may_read
    )
    reads = (f"{READS}{person}" for person in may_read if person in case.consent.readers)
    ticks = (*(role for role, _ in roles if role in case.consent.roles), *persons, *reads)
    fields = [Field(WHO, knowing.change_who, Input.MANY, False, knowing.change_who_hint, tuple(options), ticks)]
    if offered.hiding:
        option = (Choice(HIDDEN, knowing.hide_name),)
        hidden = (HIDDEN,) if case.consent.without_name else ()
        fields.append(Field(NAME, knowing.change_name, Input.MANY, False, knowing.change_name_hint, option, hidden))
    token = alerts.token(case, SHARING, case.revision)
    return Form(token, knowing.change_title, tuple(fields), said.send)


def ask(case: Case, offered: Offered, world: World) -> Send:
    """The form as a message, with its button."""
    asked = form(case, offered, world)
    return Send(case.reporter, Message(asked.title, asks=Asks.FORM, token=asked.token, form=asked), Slot(SHARING))


def _standing(case: Case, role: Role, world: World) -> str:
    """Whom a role stands for now, by name, whoever is away said to be so; nothing where there is nobody to tell."""
    alone = replace(case, consent=consent_of(case, frozenset({role}), frozenset(), world.people, without_name=False))
    may = ticked(alone, world.people)
    found = [_name(p, case, world) for p in holders(alone, role, world.people) if p in may]
    return show_list(found, world.phrases_of(case.reporter).code)


def _name(person: PersonId, case: Case, world: World) -> str:
    said = world.phrases_of(case.reporter)
    found = world.people.get(person)
    name = world.name(person, said.somebody)
    away = found is not None and not found.present(world.now)
    return said.knowing.away.format(person=name) if away else name


# --- the change ------------------------------------------------------------------------------------------------------


def change(case: Case, wish: ChangeConsent, world: World) -> Decision:
    """Who may know from now on."""
    said = world.phrases_of(case.reporter).knowing
    if case.status in (Status.DRAFT, Status.WITHDRAWN):
        return Decision(case)
    persons = wish.persons & case.consent.persons
    consent = consent_of(case, wish.roles, persons, world.people, without_name=wish.without_name)
    consent = replace(consent, readers=wish.readers & frozenset(reading.choosable(case, world)))
    if consent == case.consent:
        return Decision(case, (_close_form(case, said.unchanged),))
    wanted = replace(case, consent=consent)
    if case.status not in AT_REST and not wish.sure and not ticked(wanted, world.people):
        asked = replace(case, sure_asked=case.revision)
        return Decision(asked, (_close_form(case, said.change_title), _ask_sure(asked, world)))
    return _change(case, wanted, world)


def _change(case: Case, wanted: Case, world: World) -> Decision:
    before, after = ticked(case, world.people), ticked(wanted, world.people)
    read_before, read_after = readers(case, world.people), readers(wanted, world.people)
    # whoever handled it and may only read from now on loses all the rest
    gone, added = (before - after) | (read_before - read_after - after), after - before
    new = (read_after - read_before) | (gone & read_after) if case.status not in AT_REST else frozenset[PersonId]()
    heard = gone & _heard(case)
    changed = replace(
        wanted,
        sure_asked=0,
        alerted=tuple(a for a in case.alerted if a.person not in heard),
        paged=tuple(p for p in case.paged if p not in heard),
        tried=tuple(p for p in case.tried if p not in added),
        narrowed=(case.narrowed | heard) - after - read_after,
    )
    effects: list[Effect] = [*_take_away(case, heard, world)]
    effects.append(_close_form(case, f"{world.phrases_of(case.reporter).knowing.change_title}\n\n✓"))
    text = _told(case, changed, gone - read_after, added, new, world)
    effects.append(alerts.tell(case, case.reporter, text, "changed"))
    effects.extend(_introduce(case, changed, world))
    effects.extend(reading.tell_reader(changed, person, world) for person in sorted(new))
    let_in = (*(Noted("let_in", p) for p in sorted(added)), *(Noted("reader", p) for p in sorted(new)))
    kinds = (*(Noted("left_out", p) for p in sorted(heard)), *let_in)
    decision = Decision(changed, tuple(effects), (Noted("consent_changed", case.reporter), *kinds))
    if changed.name_asked is not None and not identity.holds(changed, world):
        decision = decision.then(identity.drop(decision.case, world))
    return decision.then(_climb(decision.case, gone, added, world))


def _climb(case: Case, gone: frozenset[PersonId], added: frozenset[PersonId], world: World) -> Decision:
    """The owner was left out, or somebody came whom a case without an owner waited for."""
    if case.status in AT_REST:
        return Decision(case)
    if case.owner in gone and not case.gap:
        return ladder.silence(case, world, lost=True)
    if case.ownerless and added and case.status in UNTAKEN:
        return ladder.climb(replace(case, ownerless=0), world, told=True)
    return Decision(case)


def _heard(case: Case) -> frozenset[PersonId]:
    """Who at work has heard of the case as one of those chosen."""
    owner = {case.owner} if case.owner is not None and not case.gap else set()
    alerted = (alerted.person for alerted in case.alerted)
    return case.read_by.union(alerted, case.paged, owner, case.consent.readers)


def _take_away(case: Case, heard: frozenset[PersonId], world: World) -> Iterable[Effect]:
    """Everything of the case that stands on their screens, and every talk."""
    yield from alerts.take_back((a for a in case.alerted if a.person in heard), world)
    yield from alerts.take_back((Alerted(p, case.pages) for p in case.paged if p in heard), world, PAGE)
    if heard:
        yield CloseTalks(heard)
    for person in sorted(heard):
        yield Delete(person)
        text = world.phrases_of(person).knowing.not_yours_now
        yield alerts.tell(case, person, text.format(reference=escape(case.reference)), "left_out")


def _introduce(case: Case, changed: Case, world: World) -> Iterable[Effect]:
    """The reporter shows the name: whoever handles the case hears it."""
    shown = case.consent.without_name and not changed.consent.without_name
    owner = changed.owner
    if shown and owner is not None and knows_name(owner, changed, world.people) and not changed.gap:
        text = world.phrases_of(owner).knowing.name_to_owner
        name = world.name(case.reporter, world.phrases_of(owner).an_employee)
        yield alerts.tell(changed, owner, text.format(person=name, reference=escape(case.reference)), "name")


def _told(
    case: Case,
    changed: Case,
    gone: frozenset[PersonId],
    added: frozenset[PersonId],
    new: frozenset[PersonId],
    world: World,
) -> str:
    """What has changed, and what cannot be undone."""
    said = world.phrases_of(case.reporter).knowing
    heard = gone & _heard(case)
    lines = [said.changed]
    for text, persons in (
        (said.out_read, heard & case.read_by),
        (said.out_heard, heard - case.read_by),
        (said.out_unheard, gone - heard),
        (said.added, added),
        (world.phrases_of(case.reporter).reading.reads_now, new),
    ):
        if persons:
            lines.append(text.format(persons=_names(persons, case, world)))
    if changed.consent.without_name and not case.consent.without_name:
        lines.append(said.name_hidden)
        if known := _heard(case):
            lines.append(said.name_known.format(persons=_names(known, case, world)))
    elif case.consent.without_name and not changed.consent.without_name:
        lines.append(said.name_open)
    if not ticked(changed, world.people):
        lines.append(said.nobody_kept)
    return "\n\n".join(lines)


def _names(persons: Iterable[PersonId], case: Case, world: World) -> str:
    said = world.phrases_of(case.reporter)
    return show_list(sorted(world.name(p, said.somebody) for p in persons), said.code)


# --- nobody ----------------------------------------------------------------------------------------------------------


def _ask_sure(case: Case, world: World) -> Send:
    said = world.phrases_of(case.reporter).knowing
    choices = (
        Choice(TAKE_BACK, said.nobody_withdraw),
        Choice(KEEP, said.nobody_keep),
        Choice(AS_IT_WAS, said.nobody_back),
    )
    token = alerts.token(case, SURE_NOBODY, case.revision)
    return Send(
        case.reporter, Message(said.nobody_sure, asks=Asks.ONE, choices=choices, token=token), Slot(SURE_NOBODY)
    )


def nobody(case: Case) -> ChangeConsent:
    """The change that lets nobody know."""
    return ChangeConsent(frozenset(), frozenset(), case.consent.without_name, sure=True)


def close_sure(case: Case, option: str, world: World) -> Update:
    """The question whether nobody is meant, answered."""
    said = world.phrases_of(case.reporter).knowing
    chosen = {TAKE_BACK: said.nobody_withdraw, KEEP: said.nobody_keep}.get(option, said.nobody_back)
    return Update(case.reporter, Message(f"{said.nobody_sure}\n\n✓ {chosen}"), Slot(SURE_NOBODY))


def _close_form(case: Case, text: str) -> Update:
    return Update(case.reporter, Message(text), Slot(SHARING))


# --- taken back ------------------------------------------------------------------------------------------------------


def what_stays(case: Case, world: World) -> str:
    """To the reporter: that it is done, what stays and why, who had read it, and that the door is open."""
    said = world.phrases_of(case.reporter)
    read = _names(case.read_by, case, world)
    had_read = said.knowing.had_read.format(persons=read) if read else ""
    told = (said.case_withdrawn, said.knowing.stays, had_read, said.knowing.no_pressure)
    return "\n\n".join(filter(None, told))
