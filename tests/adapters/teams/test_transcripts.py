"""The talks of the simulator, in Teams: line by line, on everybody's screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.teams.who import PLATFORM
from bot.settings import Settings, load
from bot.simulation.replay import Replay
from bot.simulation.screens import SECOND
from bot.simulation.transcript import read_transcript
from tests.adapters.teams.house import teams_house
from tests.soak import SOAK

ROOT = Path(__file__).parents[3]
FILES = sorted([*(ROOT / "tests" / "transcripts").glob("*.txt"), *(ROOT / "flows" / "tests").glob("*.txt")])
#: Teams does not tell that a dialog was closed unsent: there the talk goes another way.
UNTOLD = "{closed}"
#: Every sixth talk; in the long run all.
TOLD = [file for file in FILES if UNTOLD not in file.read_text(encoding="utf-8")]
PLAYED = [file for n, file in enumerate(TOLD) if SOAK or n % 6 == 1]


class InTeams(Replay):
    """Messages change in their places: in which order they do is nothing that anybody sees."""

    in_any_order = "x@~"


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load(ROOT / "app.yaml", {})


@pytest.mark.soak
@pytest.mark.parametrize("file", PLAYED, ids=lambda file: file.stem)
async def test_talk_in_teams(settings: Settings, file: Path) -> None:
    transcript = read_transcript(file.read_text(encoding="utf-8"), file.name)
    async with teams_house(settings, transcript.start) as house:
        for who, language in transcript.speaks.items():
            house.speak(house.stage().person(who), language)
        await InTeams(house.stage(), house).run(transcript)
        assert house.fake.lints == []
        for person in house.people():
            told = any(shown.platform != SECOND for shown in house.screens.of(person.id))
            if not told and any(address.platform == PLATFORM for address in person.addresses):
                assert house.user(person.id).bot_messages() == [], person.name
