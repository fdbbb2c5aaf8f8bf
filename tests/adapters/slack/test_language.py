"""In which language the adapter says its own words."""

from __future__ import annotations

from tests.adapters.slack.house import slack_house
from tests.runtime.making import START, settings


async def test_who_changes_the_language_of_a_talk_reads_all_of_it_in_that_language() -> None:
    async with slack_house(settings(), START, "http") as house:
        ana = house.fake.user("ana")
        await ana.dm("report")
        await house.quiet()
        assert "Question 1 of" in ana.screen()
        await ana.dm("dansk")
        await house.quiet()
        assert "Spørgsmål 1 af" in ana.screen()
        assert "Question 1 of" not in ana.screen()


async def test_the_report_is_first_in_the_home() -> None:
    async with slack_house(settings(), START, "http") as house:
        ana = house.fake.user("ana")
        await ana.home()
        await house.quiet()
        assert "[ Report harassment ](start:0)" in ana.screen()
