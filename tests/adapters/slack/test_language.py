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


async def test_a_language_is_chosen_in_the_home_before_anything_is_told_and_all_is_in_it_then() -> None:
    async with slack_house(settings(), START, "http") as house:
        ana = house.fake.user("ana")
        await ana.home()
        await house.quiet()
        await ana.click("Language")
        await house.quiet()
        assert "Which language would you like?" in ana.screen()
        await ana.close()
        await ana.click("Dansk")
        await house.quiet()
        assert "✓ Dansk" in ana.screen()
        assert "[ Fortæl om chikane ]" in ana.screen()
        assert "Dine sager" in ana.screen()  # the home, kept up to date
        await house.drop()
        await house.open()
        await ana.command("/bistand", "sager")
        await house.quiet()
        assert "Du har ingen åbne sager her." in ana.screen()


async def test_the_command_alone_says_what_can_be_done_and_a_cry_for_help_brings_the_numbers_first() -> None:
    async with slack_house(settings(), START, "http") as house:
        ana, bo = house.fake.user("ana"), house.fake.user("luis")
        await ana.command("/bistand")
        await bo.command("/bistand", "help")
        await house.quiet()
        assert [m["text"].partition(".")[0] for m in ana.ch["messages"]] == ["Hello"]
        assert "112" in bo.ch["messages"][0]["text"]
        assert bo.ch["messages"][1]["text"].startswith("He")
