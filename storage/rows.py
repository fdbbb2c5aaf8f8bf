"""Values as rows, and back: what is sealed as what, for every table of a case.

Rule 1. Rows are dictionaries of plain ids, integers and bytes, so that every database driver takes them.
Rule 2. A session is sealed without its answers; each answer is a row of its own, sealed for those who may read it. The
        order of the answers is kept with the session.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from bot.cases.case import Case
from bot.core.events import CaseChanged, CaseEvent, Delivered, DeliveryFailed, PeopleChanged
from bot.core.ids import CaseId, SessionId, Slot
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.core.reach import Reach
from bot.core.session import Given, Session
from bot.errors import Invariant
from bot.runtime.owed import Change, NewOwed, Nudge, Owed, Post, Remove, Wish
from storage.sealed import Codec, blinded, micros, moment
from storage.vault import CASE, OUTBOX, REACH, TALK, Vault, answer_class

Cell: TypeAlias = "str | int | bytes | None"
Row: TypeAlias = "dict[str, Cell]"
#: Id, key, case, slot, wish, awaited, attempts, not before, detour, nudged, contents.
OwedRow: TypeAlias = "tuple[int, str, str, str, str, int, int, int | None, int | None, int, bytes]"


@dataclass(frozen=True, slots=True)
class Talk:
    """A session as it is sealed: its answers stand elsewhere, their order here."""

    session: Session
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letter:
    """The sealed part of an outbox row; `language` is what is said in."""

    lane: str
    to: PersonId
    platform: str
    message: Message | None
    language: str = ""


_CASE: Final = Codec(Case)
_TALK: Final = Codec(Talk, exclude={"session": {"answers"}})
_GIVEN: Final = Codec(Given)
_LETTER: Final = Codec(Letter)
_REACH: Final = Codec(Reach)
_DELIVERED: Final = Codec(Delivered)
_FAILED: Final = Codec(DeliveryFailed)
_CHANGED: Final = Codec(CaseChanged)
_PEOPLE: Final = Codec(PeopleChanged)
#: Events of ours that wait in the inbox; timers have a table of their own.
Waiting: TypeAlias = "Delivered | DeliveryFailed | CaseChanged | PeopleChanged"


# --- the case --------------------------------------------------------------------------------------------------------
def case_row(vault: Vault, case: Case) -> Row:
    contents = vault.seal((case.id, CASE), "cases.contents", (case.id,), _CASE.dump(case))
    return {"id": case.id, "status": case.status, "contents": contents}


def read_case(vault: Vault, case: CaseId, contents: bytes) -> Case:
    return _CASE.load(vault.unseal("cases.contents", (case,), contents))


def session_row(vault: Vault, session: Session) -> Row:
    data = _TALK.dump(Talk(session, tuple(session.answers)))
    contents = vault.seal((session.case, TALK), "sessions.contents", (session.case, session.id), data)
    person = vault.blind("sessions.person", session.person)
    return {
        "id": session.id,
        "case_id": session.case,
        "person": person,
        "status": session.status,
        "contents": contents,
    }


def answer_row(vault: Vault, session: Session, question: str, given: Given) -> Row:
    readers = answer_class(given.readers)
    place = (session.case, session.id, question)
    contents = vault.seal((session.case, readers), "answers.contents", place, _GIVEN.dump(given))
    return {
        "case_id": session.case,
        "session_id": session.id,
        "question": question,
        "readers": readers,
        "contents": contents,
    }


def read_sessions(
    vault: Vault,
    case: CaseId,
    talks: Iterable[tuple[str, bytes]],
    answers: Iterable[tuple[str, str, bytes]],
) -> Mapping[SessionId, Session]:
    """All talks of a case, each with its answers in the order in which they stood."""
    given: dict[str, dict[str, Given]] = {}
    for session, question, contents in answers:
        data = vault.unseal("answers.contents", (case, session, question), contents)
        given.setdefault(session, {})[question] = _GIVEN.load(data)
    found: dict[SessionId, Session] = {}
    for session, contents in talks:
        talk = _TALK.load(vault.unseal("sessions.contents", (case, session), contents))
        held = given.get(session, {})
        if held.keys() != set(talk.order):
            raise Invariant("A talk and its answers do not belong together.")
        found[SessionId(session)] = replace(talk.session, answers={q: held[q] for q in talk.order})
    return found


# --- the outbox ------------------------------------------------------------------------------------------------------
def owed_row(vault: Vault, case: CaseId, new: NewOwed, home: tuple[str, str]) -> Row:
    wish, shown, language = _wished(new.wish)
    letter = _LETTER.dump(Letter(new.lane, new.to, new.platform, shown, language))
    return {
        "key": new.key,
        "case_id": case,
        "slot": new.slot,
        "wish": wish,
        "lane": lane(vault, new.lane),
        "place": place(vault, case, new.to, new.platform),
        "awaited": int(new.awaited),
        "attempts": 0,
        "not_before": None,
        "detour": None if new.detour is None else micros(new.detour),
        "nudged": int(new.nudged),
        "contents": vault.seal(home, "outbox.contents", (case, new.key, wish, new.slot), letter),
    }


def read_owed(vault: Vault, row: OwedRow, written: NewOwed | None = None) -> Owed:
    """`written` is what the row was made of: where that is still known, the row needs not be opened."""
    number, key, case, slot, _, awaited, attempts, not_before, detour, nudged, _ = row
    new = written or _opened(vault, row)
    return Owed(
        id=number,
        key=key,
        lane=new.lane,
        case=CaseId(case),
        slot=Slot(slot),
        to=new.to,
        platform=new.platform,
        wish=new.wish,
        awaited=bool(awaited),
        attempts=attempts,
        not_before=None if not_before is None else moment(not_before),
        detour=None if detour is None else moment(detour),
        nudged=bool(nudged),
    )


def _opened(vault: Vault, row: OwedRow) -> NewOwed:
    _, key, case, slot, wish, awaited, *_, contents = row
    letter = read_letter(vault, (case, key, wish, slot), contents)
    return NewOwed(key, letter.lane, Slot(slot), letter.to, letter.platform, _wish(wish, letter), bool(awaited))


def read_letter(vault: Vault, where: tuple[str, ...], contents: bytes) -> Letter:
    """`where` is the row's case, key, wish and slot."""
    return _LETTER.load(vault.unseal("outbox.contents", where, contents))


def _wished(wish: Wish) -> tuple[str, Message | None, str]:
    match wish:
        case Post(message, language):
            return "post", message, language
        case Change(message, language):
            return "change", message, language
        case Remove():
            return "remove", None, ""
        case Nudge(language):
            return "nudge", None, language


def _wish(wish: str, letter: Letter) -> Wish:
    match wish, letter.message:
        case "post", Message() as message:
            return Post(message, letter.language)
        case "change", Message() as message:
            return Change(message, letter.language)
        case "remove", None:
            return Remove()
        case "nudge", None:
            return Nudge(letter.language)
        case _:
            raise Invariant("An outbox row holds another wish than it says.")


def lane(vault: Vault, name: str) -> bytes:
    return vault.blind("outbox.lane", name)


def place(vault: Vault, case: str, to: PersonId, platform: str) -> bytes:
    """Where this case's messages to a person on a platform stand."""
    return vault.blind("posted.place", case, to, platform)


def seal_handle(vault: Vault, home: tuple[str, str], slot_at: tuple[str, str, bytes], handle: str) -> Row:
    """`slot_at` is the case, the slot and the blind place."""
    case, slot, where = slot_at
    contents = vault.seal(home, "posted.handle", (case, slot, where.hex()), handle.encode())
    return {"case_id": case, "slot": slot, "place": where, "handle": contents}


def read_handle(vault: Vault, case: str, slot: str, where: bytes, contents: bytes) -> str:
    return vault.unseal("posted.handle", (case, slot, where.hex()), contents).decode()


# --- reach ------------------------------------------------------------------------------------------------------------
def reach_row(vault: Vault, reach: Reach) -> Row:
    where = vault.blind("reach.place", reach.person, reach.platform)
    return {"place": where, "contents": vault.seal(REACH, "reach.contents", (where.hex(),), _REACH.dump(reach))}


def read_reach(vault: Vault, where: bytes, contents: bytes) -> Reach:
    return _REACH.load(vault.unseal("reach.contents", (where.hex(),), contents))


# --- the inbox -------------------------------------------------------------------------------------------------------
def note_row(vault: Vault, event_id: str, kind: str, at: int) -> Row:
    """An event of a platform, noted so that a resent one is known."""
    return {"event": event(vault, event_id), "kind": kind, "at": at, "case_id": None, "contents": None}


def waiting_row(vault: Vault, waiting: Waiting) -> Row:
    """An event of ours that waits to be taken."""
    kind, home, data = _told(waiting)
    where = event(vault, waiting.id)
    return {
        "event": where,
        "kind": kind,
        "at": micros(waiting.at),
        "case_id": waiting.case,
        "contents": vault.seal((waiting.case, home), "inbox.contents", (kind, where.hex()), data),
    }


def _told(waiting: Waiting) -> tuple[str, str, bytes]:
    """An event's kind, its class, and itself as JSON."""
    match waiting:
        case Delivered():
            return "delivered", OUTBOX, _DELIVERED.dump(waiting)
        case DeliveryFailed():
            return "failed", OUTBOX, _FAILED.dump(waiting)
        case CaseChanged():
            return "changed", TALK, _CHANGED.dump(waiting)
        case PeopleChanged():
            return "people", CASE, _PEOPLE.dump(waiting)


def read_waiting(vault: Vault, where: bytes, kind: str, contents: bytes) -> CaseEvent:
    data = vault.unseal("inbox.contents", (kind, where.hex()), contents)
    if kind == "delivered":
        return _DELIVERED.load(data)
    if kind == "failed":
        return _FAILED.load(data)
    if kind == "changed":
        return _CHANGED.load(data)
    if kind == "people":
        return _PEOPLE.load(data)
    raise Invariant("An inbox row holds another event than it says.")


def event(vault: Vault, event_id: str) -> bytes:
    return blinded(vault.index, "inbox.event", event_id)  # seldom asked twice, so not kept
