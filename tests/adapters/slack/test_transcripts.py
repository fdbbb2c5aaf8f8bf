"""The talks of the simulator, in Slack: by HTTP and by Socket Mode, line by line, on everybody's screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.slack.channel import PLATFORM
from bot.settings import Settings, load
from bot.simulation.replay import Replay
from bot.simulation.screens import SECOND
from bot.simulation.transcript import read_transcript
from tests.adapters.slack.house import slack_house
from tests.soak import SOAK

ROOT = Path(__file__).parents[3]
FILES = sorted([*(ROOT / "tests" / "transcripts").glob("*.txt"), *(ROOT / "flows" / "tests").glob("*.txt")])
MODES = ("http", "socket")
#: Every third talk goes one of the two ways, in turns; in the long run all go both.
PLAYED = [(file, mode) for n, file in enumerate(FILES) for m, mode in enumerate(MODES) if SOAK or n % 6 == 3 * m]


class InSlack(Replay):
    """Messages change in their places: in which order they do is nothing that anybody sees."""

    in_any_order = "x@~"


@pytest.fixture(scope="module")
def settings() -> Settings:
    return load(ROOT / "app.yaml", {})


@pytest.mark.soak
@pytest.mark.parametrize(("file", "mode"), PLAYED, ids=lambda one: getattr(one, "stem", one))
async def test_talk_in_slack(settings: Settings, file: Path, mode: str) -> None:
    transcript = read_transcript(file.read_text(encoding="utf-8"), file.name)
    async with slack_house(settings, transcript.start, mode) as house:
        for who, language in transcript.speaks.items():
            house.speak(house.stage().person(who), language)
        await InSlack(house.stage(), house).run(transcript)
        assert house.fake.lints == []
        for person in house.people():
            told = any(shown.platform != SECOND for shown in house.screens.of(person.id))
            if not told and any(address.platform == PLATFORM for address in person.addresses):
                assert house.fake.ever_shown(house.actor(person.id).uid) == [], person.name
