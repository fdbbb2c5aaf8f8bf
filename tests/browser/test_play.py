"""The simulator in a real browser: whole talks, as they stand in the transcripts, on a desk and on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.simulation.transcript import read_transcript
from tests.adapters.web.making import serving
from tests.browser.window import DESKTOP, PHONE, Playing, Window, browser
from tests.runtime.making import ROOT, settings


@pytest.mark.parametrize(
    ("talk", "size"),
    [
        ("flows/tests/whole_case.txt", DESKTOP),
        ("flows/tests/whole_case.txt", PHONE),
        ("flows/tests/nobody_acknowledges.txt", PHONE),
        ("flows/tests/danish.txt", PHONE),
        ("tests/transcripts/overdue.txt", DESKTOP),
    ],
)
async def test_a_talk_is_played_from_report_to_close(tmp_path: Path, talk: str, size: dict[str, int]) -> None:
    transcript = read_transcript((ROOT / talk).read_text(encoding="utf-8"), talk)
    async with serving(settings(), tmp_path, transcript.start) as (_, address), browser() as chromium:
        context = await chromium.new_context(viewport=size, locale="en-GB", timezone_id="America/New_York")
        window = await Window.open(context, address)
        await Playing(window).play(transcript)
        assert window.faults == []
