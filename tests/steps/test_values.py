"""Answers as a form's field shows them again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from bot.core.answers import Answer, Clock, Day, Moment, Number, One, Someone, Words
from bot.steps.values import written
from tests.workplace import BEA


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        (Words("They wrote"), ("They wrote",)),
        (Number(Decimal(4)), ("4",)),
        (Day(date(2026, 11, 24)), ("2026-11-24",)),
        (Clock(time(9, 5)), ("09:05",)),
        (Moment(datetime(2026, 11, 24, 13, 30, tzinfo=UTC)), ("2026-11-24T14:30:00+01:00",)),
        (Someone(BEA), ("bea",)),
        (Someone(None), ()),
        (One("a"), ()),
        (None, ()),
    ],
)
def test_written(answer: Answer | None, shown: tuple[str, ...]) -> None:
    """Each kind is written so that the field takes it back; what a field cannot show is left empty."""
    assert written(answer, ZoneInfo("Europe/Copenhagen")) == shown
