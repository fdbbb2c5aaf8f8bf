"""*Who can see this?*, in plain words: for the reporter person by person, for those at work by role.

Rule 1. It decides nothing: every line comes from `explain`, which the simulator's panel shows, too.
Rule 2. The reporter alone is told who is left out, and who has read it.
Rule 3. At work nobody is told more than which roles may know: a name that is missing would be a trace.
Rule 4. What is beyond our reach is said as it is: the chat's own owners, and the keys.
Rule 5. Of a draft it says how it would be once it is sent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.cases import alerts
from bot.cases.alerts import World
from bot.cases.case import AT_REST, UNTAKEN, Case, Status
from bot.cases.explain import Explained, Sees, Why, explain, once_sent
from bot.cases.identity import may_ask_name
from bot.cases.people import holders, readers, ticked
from bot.cases.policy import LADDER, recipients
from bot.core.effects import Send
from bot.core.ids import Slot
from bot.core.languages import Phrases
from bot.core.messages import Asks, Choice, Message
from bot.core.people import PersonId, Role
from bot.core.texts import escape
from bot.steps.wording import show_list

#: The steps of the buttons: who may know, changed; the name, asked for.
SHARING, NAME = "sharing", "name"
CHANGE, ASK = "change", "ask"
SIGHTS = "sights"
#: Those who see most come first.
_ORDER = (Sees.WORDS, Sees.CASE, Sees.CALL, Sees.NO_OWNER)
#: What opens for whoever is on call and nothing else: what a call needs.
_CALLED = frozenset({Role.ON_CALL})


@dataclass(frozen=True, slots=True)
class Reader:
    """Who asks, in which words and on which platform; `offered` whether there is a choice of who may know to change."""

    person: PersonId
    said: Phrases
    platform: str
    offered: bool


def who_sees(case: Case, reader: Reader, world: World) -> Send:
    """The answer to *who can see this?*"""
    message = _for_reporter if reader.person == case.reporter else _at_work
    return Send(reader.person, message(case, reader, world), Slot(f"{SIGHTS}:{reader.person}"))


# --- for the reporter ------------------------------------------------------------------------------------------------


def _for_reporter(case: Case, reader: Reader, world: World) -> Message:
    said = reader.said.knowing
    draft = case.status is Status.DRAFT
    shown = case
    if draft:
        ladder = recipients(case, world.people, world.now)
        shown = once_sent(case, ladder[0] if ladder else None)
    everybody = explain(shown, world.people)
    seeing = [one for one in everybody if one.sees in _ORDER]
    seeing.sort(key=lambda one: (_ORDER.index(one.sees), one.person != shown.owner))
    lines = [_line(one, shown, reader, world) for one in seeing]
    paragraphs = [_head(case, reader, bool(seeing)), "\n".join(f"- {line}" for line in lines)]
    if case.consent.without_name:
        paragraphs.append(_name(case, reader, world))
    paragraphs.extend(_out(everybody, shown, reader, world))
    paragraphs.append(said.nobody_else if lines else "")
    platform = said.platforms.get(reader.platform, said.platforms[""])
    paragraphs.append(platform.format(organisation=escape(world.organisation)))
    if reader.platform != "simulation":
        paragraphs.append(said.keys)
    text = "\n\n".join(filter(None, paragraphs))
    if draft or not reader.offered or case.status is Status.WITHDRAWN:
        return Message(text)
    choice = Choice(CHANGE, said.change)
    return Message(text, asks=Asks.ONE, choices=(choice,), token=alerts.token(case, SHARING, case.revision))


def _head(case: Case, reader: Reader, anybody: bool) -> str:
    said = reader.said.knowing
    if case.status is Status.DRAFT:
        return said.planned if anybody else said.unsent
    return said.sees if anybody else said.chose_nobody


def _name(case: Case, reader: Reader, world: World) -> str:
    """Of a reporter without a name: who knows it all the same."""
    said = reader.said.knowing
    known = [world.name(person, reader.said.somebody) for person in sorted(case.name_told)]
    if not known:
        return f"{said.not_your_name} {said.unless_danger}"
    return f"{said.name_told.format(persons=show_list(sorted(known), reader.said.code))} {said.name_others}"


def _line(one: Explained, case: Case, reader: Reader, world: World) -> str:
    said, knowing = reader.said, reader.said.knowing
    role = said.role_names[one.role] if one.role is not None else ""
    of = world.name(one.of, said.somebody)
    why = knowing.whys[one.why].format(person=of, role=role)
    what = _what(one, case, said)
    if one.sees is Sees.WORDS and one.opens != _CALLED and case.opened is not None:
        what += " " + (knowing.has_read if one.has_read else knowing.not_read)
    elif case.status in AT_REST and one.has_read:
        what += " " + knowing.has_read
    return knowing.line.format(person=world.name(one.person, said.somebody), why=why, what=what)


def _what(one: Explained, case: Case, said: Phrases) -> str:
    knowing = said.knowing
    match one.sees:
        case Sees.WORDS if one.person == case.owner:
            return knowing.first if case.status in UNTAKEN and not case.kept else knowing.owner
        case Sees.WORDS if Role.OWNER in one.opens:
            return said.reading.can_read
        case Sees.WORDS if one.opens == _CALLED:
            return knowing.was_called if one.person in case.paged else knowing.on_call
        case Sees.WORDS:
            roles = [said.role_names[role] for role in Role if role in one.opens]
            return knowing.part.format(roles=show_list(roles, said.code))
        case Sees.CASE:
            return knowing.case if case.status not in AT_REST else knowing.case_over
        case Sees.CALL:
            return knowing.call
        case _:
            return knowing.no_owner


def _out(everybody: Iterable[Explained], case: Case, reader: Reader, world: World) -> list[str]:
    """Who is left out: those involved, line managers while an insider is open, and whom the reporter took out."""
    said, people = reader.said, world.people
    # a declared partner is named only where missing among those chosen would be a riddle, and never why
    meant = {p for role in case.consent.roles for p in holders(case, role, people)} | case.consent.persons
    names: list[str] = []
    narrowed: list[str] = []
    for one in everybody:
        name = world.name(one.person, said.somebody)
        if one.sees is not Sees.NOTHING:
            continue
        if one.why is Why.ACCUSED:
            names.append(name)
            if people.below(one.person) - case.accused - {case.reporter}:
                names.append(said.knowing.below.format(person=name))
        elif one.why is Why.LINE_LEFT_OUT or (one.why is Why.PARTNER and one.person in meant):
            names.append(name)
        elif one.why is Why.NARROWED:
            narrowed.append(name)
    found = [said.knowing.left_out.format(persons=show_list(names, said.code))] if names else []
    if narrowed:
        found.append(said.knowing.narrowed.format(persons=show_list(narrowed, said.code)))
    return found


# --- at work ---------------------------------------------------------------------------------------------------------


def _at_work(case: Case, reader: Reader, world: World) -> Message:
    said = reader.said
    knowing = said.knowing
    here = next((one for one in explain(case, world.people) if one.person == reader.person), None)
    if here is None or here.sees not in (Sees.WORDS, Sees.CASE):
        return Message(knowing.nothing_for_you)
    known = (case.consent.persons & ticked(case, world.people)) | readers(case, world.people)
    chosen_roles = [role for role in (*LADDER, Role.ON_CALL) if role in case.consent.roles]
    roles = [said.their_manager if role is Role.MANAGER else said.role_names[role] for role in chosen_roles]
    named = [world.name(person, said.somebody) for person in sorted(known)]
    text = knowing.for_handlers.format(
        reference=escape(case.reference), roles=show_list([*roles, *named], said.code) or said.somebody
    )
    if not may_ask_name(case, reader.person, world.people):
        return Message(text)
    token = alerts.token(case, NAME, case.revision)
    return Message(text, asks=Asks.ONE, choices=(Choice(ASK, knowing.ask_name),), token=token)
