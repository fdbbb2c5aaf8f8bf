"""A session is a value that survives JSON, and tells nothing of what people wrote."""

from __future__ import annotations

from datetime import UTC, datetime, time
from decimal import Decimal

from pydantic import TypeAdapter

from bot.core.answers import Answer, Clock, Day, FileRef, Files, Many, Moment, Number, One, Skipped, Someone, Words
from bot.core.ids import CaseId, SessionId
from bot.core.people import PersonId, Role
from bot.core.session import Doubt, Frame, Given, Session, Status, Task, TaskState, Visit

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
ANSWERS: tuple[Answer, ...] = (
    Skipped(),
    One("a"),
    Many(("a", "b")),
    Words("They wrote"),
    Number(Decimal("4.50")),
    Day(NOW.date()),
    Clock(time(9, 5)),
    Moment(NOW),
    Someone(PersonId("a")),
    Someone(None),
    Files((FileRef("1", "secret.png", 1, "image/png", "0"),)),
)


def whole() -> Session:
    frame = Frame("report", "abc", 3)
    return Session(
        SessionId("c.1"),
        CaseId("c"),
        PersonId("ada"),
        "report",
        "da",
        "slack",
        (frame,),
        structures={"report": "abc", "advice": "def"},
        revision=7,
        status=Status.PAUSED,
        asking="report.story",
        asked_at=NOW,
        answers={f"report.q{n}": Given(a, frozenset({Role.HR}), NOW, kept=n % 2 == 1) for n, a in enumerate(ANSWERS)},
        trail=(Visit("report.q0", (frame, Frame("older", "xyz", 0))),),
        done=frozenset({"report.2"}),
        tasks={"respond.call": Task(TaskState.LATER, NOW, NOW)},
        doubt=Doubt("which-talk", ("a",), typed="They wrote"),
    )


def test_a_session_survives_json() -> None:
    """Every kind of answer and state comes back as it was."""
    adapter = TypeAdapter(Session)
    assert adapter.validate_json(adapter.dump_json(whole())) == whole()


def test_a_kept_answer_is_none_yet() -> None:
    """An answer that waits to be taken again does not count."""
    assert whole().answer("report.q0") == Skipped()
    assert whole().answer("report.q1") is None
    assert whole().answer("report.nothing") is None


def test_structures_are_known_beyond_the_end() -> None:
    """Where a talk has stood is known from its stack, its way back, and what it remembers."""
    assert whole().pinned == {"report": "abc", "advice": "def", "older": "xyz"}


def test_what_people_wrote_is_not_shown() -> None:
    """A repr, as an error or a log would show it, has no words and no file names."""
    shown = repr(whole())
    assert "They wrote" not in shown
    assert "secret.png" not in shown


def test_who_waits_for_words() -> None:
    """Only a live talk that asks waits for words; a task that is done or marked is settled."""
    assert not whole().waits_for_words
    assert [state for state in TaskState if state.settled] == [TaskState.DONE, TaskState.NOT_RELEVANT]
