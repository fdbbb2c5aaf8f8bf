"""Who sees what in the fake Teams, who ever saw it, and how it looks."""

from __future__ import annotations

import asyncio

from tests.fakes.teams_bot import ADAPTIVE, Json, card, says, text_block, with_card
from tests.fakes.teams_world import World


def names(teams: World, needle: str, *, now: bool = False) -> set[str]:
    return {who for who, _ in teams.fake.who_sees(needle, now=now)}


FORM = card(
    text_block("When it happened"),
    {
        "type": "ColumnSet",
        "columns": [
            {"type": "Column", "items": [text_block("left")]},
            {"type": "Column", "items": [text_block("right")]},
        ],
    },
    {"type": "RichTextBlock", "inlines": ["rich ", {"type": "TextRun", "text": "text"}]},
    {"type": "FactSet", "facts": [{"title": "Day", "value": "Monday"}]},
    {"type": "Image", "url": "https://example.com/a.png", "altText": "a door"},
    {"type": "Media", "sources": [{"url": "https://example.com/a.mp4", "mimeType": "video/mp4"}], "altText": "a film"},
    {
        "type": "Input.ChoiceSet",
        "id": "k",
        "label": "Kind",
        "isRequired": True,
        "errorMessage": "Please pick one",
        "value": "secret-b",
        "choices": [{"title": "At work", "value": "secret-a"}, {"title": "Elsewhere", "value": "secret-b"}],
    },
    {"type": "Input.Text", "id": "n", "label": "Note", "placeholder": "In your words"},
    {"type": "Input.Text", "id": "f", "label": "Filled", "value": "as it was"},
    {"type": "Input.Toggle", "id": "t", "title": "I agree", "value": "true", "label": "Terms"},
    text_block("folded away", isVisible=False),
    actions=[
        {"type": "Action.Submit", "title": "Send", "data": {"hidden": "in the data"}},
        {"type": "Action.ShowCard", "title": "More", "card": card(text_block("within more"))},
    ],
)


async def test_a_card_is_drawn_as_it_is_read(teams: World) -> None:
    backwards = dict(reversed(FORM.items()))  # the order of a JSON object says nothing
    await teams.send(teams.erin, with_card(backwards, text="Hello"))
    assert teams.erin.screen().splitlines() == [
        "bot: Hello",
        "  When it happened",
        "  left",
        "  right",
        "  rich text",
        "  Day Monday",
        "  <picture a door>",
        "  <media a film>",
        "  {Kind *: ( ) At work (x) Elsewhere}",
        "  {Note: (In your words)}",
        "  {Filled: as it was}",
        "  {Terms: [x] I agree}",
        "  [Send]",
        "  [More ...]",
    ]
    assert teams.fake.lints == []


async def test_suggestions_are_drawn(teams: World) -> None:
    await teams.send(teams.erin, says("Yes?") | {"suggestedActions": {"actions": [{"type": "imBack", "title": "Yes"}]}})
    assert teams.erin.screen() == "bot: Yes?\n  [Yes]" and names(teams, "Yes") == {"erin"}


async def test_everything_counts_that_can_be_read(teams: World) -> None:
    await teams.send(teams.erin, with_card(FORM, summary="in the banner"))
    for shown in ("Please pick one", "folded away", "within more", "At work", "in the banner", "as it was", "Monday"):
        assert names(teams, shown) == {"erin"} == names(teams, shown, now=True)
    for hidden in ("secret-a", "secret-b", "in the data"):
        assert names(teams, hidden) == set()


async def test_what_was_changed_or_deleted_has_been_read(teams: World) -> None:
    mid = (await teams.send(teams.erin, says("first words"))).body["id"]
    await teams.chat(teams.erin, "PUT", f"activities/{mid}", says("second words"))
    assert names(teams, "first words", now=True) == set() and names(teams, "second words", now=True) == {"erin"}
    await teams.chat(teams.erin, "DELETE", f"activities/{mid}")
    for said in ("first words", "second words"):
        assert names(teams, said) == {"erin"} and names(teams, said, now=True) == set()


async def test_what_people_write_they_see_themselves(teams: World) -> None:
    await teams.erin.say("in confidence")
    assert teams.fake.who_sees("in confidence") == {("erin", "chat")}


async def test_answers_to_invokes_count(teams: World) -> None:
    await teams.erin.say("card")
    await teams.erin.execute("Approve", {"note": "ok"})
    assert names(teams, "Approved", now=True) == {"erin"} and names(teams, "Time off", now=True) == set()
    assert names(teams, "Time off") == {"erin"}
    for kind, value in (
        ("application/vnd.microsoft.activity.message", "taken note"),
        ("application/vnd.microsoft.error", {"code": "x", "message": "taken note"}),
    ):
        teams.bot.answers["adaptiveCard/action"] = {"statusCode": 200, "type": kind, "value": value}
        await teams.erin.say("card")
        await teams.erin.execute("Approve")
        assert teams.fake.who_sees("taken note") == {("erin", "notice")}


async def test_dialogs_count(teams: World) -> None:
    shown: Json = {"title": "A heading", "card": {"contentType": ADAPTIVE, "content": card(text_block("within"))}}
    teams.bot.answers["task/fetch"] = {"task": {"type": "continue", "value": shown}}
    await teams.erin.say("card")
    await teams.erin.submit("Open")
    assert teams.fake.who_sees("A heading") == teams.fake.who_sees("within") == {("erin", "dialog")}
    await teams.erin.submit_dialog(card(actions=[{"type": "Action.Submit", "title": "OK", "data": {"a": "bye"}}]))
    assert teams.fake.who_sees("thanks") == {("erin", "notice")}


async def test_typing_is_apart_from_what_is_said(teams: World) -> None:
    await teams.send(teams.erin, {"type": "typing"})
    teams.clock.move(3)
    await teams.send(teams.erin, {"type": "typing"})
    start = teams.clock.now() - 3
    assert teams.erin.typing() == [start, start + 3] and teams.max.typing() == []
    assert teams.erin.messages() == [] and teams.erin.screen() == ""


async def test_the_greatest_number_of_calls_at_once(teams: World) -> None:
    await teams.send(teams.erin, says("one"))
    assert teams.fake.most_in_flight == 1
    slow = teams.fake.fault(op="send", latency=5, times=3)
    calls = [asyncio.ensure_future(teams.send(teams.erin, says("a"))) for _ in range(3)]
    await teams.fake.wait_for(lambda: slow.times == 0)
    teams.clock.move(5)
    await asyncio.gather(*calls)
    assert teams.fake.most_in_flight == 3 and teams.fake.in_flight == 0
