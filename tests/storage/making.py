"""Values to store: a small case to begin with, and strategies for every case there can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st

from bot.cases.case import Case, CaseFile, Consent
from bot.cases.case import Status as CaseStatus
from bot.cases.permissions import Engine
from bot.core.answers import Answer, Clock, Day, FileRef, Files, Many, Moment, Number, One, Skipped, Someone, Words
from bot.core.ids import CaseId, SessionId, Slot, Token
from bot.core.levels import Level
from bot.core.messages import Asks, Choice, Fact, Field, Form, Input, Message, Tone
from bot.core.people import PersonId, Role
from bot.core.session import Doubt, Frame, Given, Session, Status, Task, TaskState, Visit
from bot.runtime.owed import Change, NewOwed, Nudge, Post, Remove, Wish
from bot.runtime.ports import Saved
from storage.master import MasterKey
from storage.store import SqliteStore

NOW = datetime(2026, 3, 2, 9, 30, 0, 123456, tzinfo=UTC)
KEY = MasterKey(bytes(range(32)))
ANNA, BO = PersonId("anna-4711"), PersonId("bo-0815")
CASE, TALK = CaseId("c1"), SessionId("s1")


LANE = f"chat:{ANNA}:terminal"


def url(folder: Path) -> str:
    return f"sqlite+aiosqlite:///{folder}/bistand.sqlite"


def words(text: str, *readers: Role) -> Given:
    return Given(Words(text), frozenset(readers or (Role.OWNER, Role.HR)), NOW)


def a_case(case: str = CASE, session: str = TALK, person: PersonId = ANNA, **answers: Given) -> CaseFile:
    """A draft with one talk."""
    talk = Session(
        id=SessionId(session),
        case=CaseId(case),
        person=person,
        flow="report",
        language="da",
        platform="terminal",
        stack=(Frame("report", "abc", 3),),
        asking="report.danger",
        asked_at=NOW,
        answers={f"report.{question}": given for question, given in answers.items()},
    )
    return CaseFile(Case(CaseId(case), f"K7Q-{case}", person, NOW), {talk.id: talk})


def moved(file: CaseFile, **answers: Given) -> CaseFile:
    """The case after a turn that answered something in its first talk."""
    talk = next(iter(file.sessions.values()))
    given = {**talk.answers, **{f"report.{question}": answer for question, answer in answers.items()}}
    later = replace(talk, revision=talk.revision + 1, answers=given)
    return CaseFile(replace(file.case, revision=file.case.revision + 1), {**file.sessions, later.id: later})


def owe(
    number: int,
    wish: Wish | None = None,
    *,
    case: str = CASE,
    slot: str = "s1:danger",
    to: PersonId = ANNA,
    **rest: bool,
) -> NewOwed:
    return NewOwed(
        key=f"{case}:{number}:0",
        lane=f"chat:{to}:terminal",
        slot=Slot(slot),
        to=to,
        platform="terminal",
        wish=wish or Post(Message(f"Message {number}")),
        awaited=rest.get("awaited", False),
    )


def erasing(file: CaseFile, *owed: NewOwed) -> Saved:
    return Saved(file, file, owed=owed, erase=True)


async def save(store: SqliteStore, saved: Saved) -> CaseFile:
    """One turn that reads the case and saves it."""
    async with store.begin() as tx:
        if saved.before is not None:
            await tx.load(saved.file.case.id, Engine.LOOK_AFTER)
        await tx.save(saved)
    return saved.file


async def load(store: SqliteStore, case: str = CASE) -> CaseFile | None:
    async with store.begin() as tx:
        return await tx.load(CaseId(case), Engine.LOOK_AFTER)


# --- strategies ------------------------------------------------------------------------------------------------------
texts = st.text(max_size=12)
ids = st.text(st.characters(codec="utf-8"), min_size=1, max_size=6)
moments = st.datetimes(timezones=st.just(UTC))
roles = st.frozensets(st.sampled_from(Role), max_size=3)
persons = ids.map(PersonId)
file_refs = st.builds(FileRef, ids, texts, st.integers(0, 2**40), texts, texts)
answers: st.SearchStrategy[Answer] = st.one_of(
    st.just(Skipped()),
    st.builds(One, texts),
    st.builds(Many, st.lists(texts, max_size=3).map(tuple)),
    st.builds(Words, st.text(max_size=200)),
    st.builds(Number, st.decimals(allow_nan=False, allow_infinity=False)),
    st.builds(Day, st.dates()),
    st.builds(Clock, st.times()),
    st.builds(Moment, moments),
    st.builds(Someone, st.none() | persons),
    st.builds(Files, st.lists(file_refs, max_size=2).map(tuple)),
)
givens = st.builds(Given, answers, roles, moments, st.booleans())
frames = st.builds(Frame, texts, texts, st.integers(0, 10**6))
stacks = st.lists(frames, max_size=3).map(tuple)
sessions = st.builds(
    Session,
    id=st.sampled_from(["s1", "s2", "s3"]).map(SessionId),
    case=st.just(CASE),
    person=persons,
    flow=texts,
    language=texts,
    platform=texts,
    stack=stacks,
    revision=st.integers(0, 10**9),
    status=st.sampled_from(Status),
    asking=st.none() | texts,
    asleep=st.booleans(),
    asked_at=st.none() | moments,
    answers=st.dictionaries(st.sampled_from(["q.a", "q.b", "q.ø", "q.\u202e", "q:d"]), givens, max_size=4),
    trail=st.lists(st.builds(Visit, texts, stacks), max_size=2).map(tuple),
    done=st.frozensets(texts, max_size=3),
    tasks=st.dictionaries(texts, st.builds(Task, st.sampled_from(TaskState), moments, st.none() | moments), max_size=2),
    doubt=st.none() | st.builds(Doubt, texts, st.lists(texts, max_size=2).map(tuple), texts),
)
cases = st.builds(
    Case,
    id=st.just(CASE),
    reference=texts,
    reporter=persons,
    created=moments,
    revision=st.integers(0, 10**9),
    status=st.sampled_from(CaseStatus),
    level=st.sampled_from(Level),
    affected=st.none() | persons,
    accused=st.frozensets(persons, max_size=3),
    accused_unresolved=st.booleans(),
    consent=st.builds(Consent, roles, st.none() | persons, st.frozensets(persons, max_size=2), st.booleans()),
    owner=st.none() | persons,
    rung=st.integers(0, 20),
    tried=st.lists(persons, max_size=3).map(tuple),
    asked=st.lists(persons, max_size=3).map(tuple),
    acknowledge_by=st.none() | moments,
    opened=st.none() | moments,
    taken=st.none() | moments,
    closed=st.none() | moments,
)
case_files = st.builds(
    lambda case, talks: CaseFile(case, {talk.id: talk for talk in talks}), cases, st.lists(sessions, max_size=3)
)
choices = st.lists(st.builds(Choice, texts, texts), max_size=2).map(tuple)
tokens = st.builds(Token, ids.map(CaseId), st.none() | ids.map(SessionId), texts, st.integers(0, 10**6))
fields = st.builds(
    Field,
    texts,
    texts,
    st.sampled_from(Input),
    st.booleans(),
    texts,
    choices,
    st.lists(texts, max_size=2).map(tuple),
)
messages = st.builds(
    Message,
    text=texts,
    asks=st.sampled_from(Asks),
    facts=st.lists(st.builds(Fact, texts, texts), max_size=2).map(tuple),
    choices=choices,
    commands=choices,
    token=st.none() | tokens,
    form=st.none() | st.builds(Form, tokens, texts, st.lists(fields, max_size=2).map(tuple), texts),
    hint=texts,
    progress=st.none() | st.tuples(st.integers(0, 99), st.integers(0, 99)),
    tone=st.sampled_from(Tone),
)
wishes: st.SearchStrategy[Wish] = st.one_of(
    st.builds(Post, messages), st.builds(Change, messages), st.just(Remove()), st.builds(Nudge, texts)
)
spans = st.timedeltas(timedelta(0), timedelta(days=400))
