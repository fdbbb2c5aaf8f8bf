"""The simulator in a real browser: whole talks, as they stand in the transcripts, on a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.async_api import ViewportSize

from bot.simulation.transcript import read_transcript
from tests.browser.desk import Desk
from tests.browser.window import DESKTOP, PHONE, Playing
from tests.runtime.making import ROOT


@pytest.mark.parametrize(
    ("talk", "size", "motion"),
    [
        ("flows/tests/whole_case.txt", DESKTOP, "reduce"),
        ("flows/tests/whole_case.txt", PHONE, "reduce"),
        ("flows/tests/nobody_acknowledges.txt", PHONE, "reduce"),
        ("flows/tests/danish.txt", PHONE, "no-preference"),  # as most people see it
        ("tests/transcripts/overdue.txt", DESKTOP, "reduce"),
    ],
)
async def test_a_talk_is_played_from_report_to_close(desk: Desk, talk: str, size: ViewportSize, motion: str) -> None:
    transcript = read_transcript((ROOT / talk).read_text(encoding="utf-8"), talk)
    await desk.serve(transcript.start)
    window = await desk.window(size, locale="en-GB", timezone_id="America/New_York", reduced_motion=motion)
    await Playing(window).play(transcript)
    assert window.faults == []
