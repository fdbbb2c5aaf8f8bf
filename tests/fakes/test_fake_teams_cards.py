"""Which Adaptive Cards the fake Teams takes."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.teams.cards import check_card
from tests.fakes.teams.limits import Limits
from tests.fakes.teams_bot import Json, card, text_block, with_card
from tests.fakes.teams_world import World, teams_world


def button(kind: str = "Submit", **more: object) -> Json:
    return {"type": f"Action.{kind}", "title": "a", **more}


def asks(kind: str = "Text", **more: object) -> Json:
    return {"type": f"Input.{kind}", "id": "a", "label": "l", **more}


def choices(*values: object, **more: object) -> Json:
    return asks("ChoiceSet", choices=[{"title": "A", "value": v} for v in values], **more)


def refreshes(users: int, **action: object) -> Json:
    return {"action": {"type": "Action.Execute", "verb": "v", **action}, "userIds": [str(i) for i in range(users)]}


within: Json = button("ShowCard", card=card())
BROKEN: dict[str, object] = {
    "no card": {"a": 1},
    "no object": "card",
    "unknown element": card({"type": "Bogus"}),
    "unknown action": card(actions=[button("Http")]),
    "action in the body": card(button()),
    "element among the actions": card(actions=[text_block("a")]),
    "body is no array": card(body=text_block("a")),
    "element is no object": card(body=["a"]),
    "version 1.6": card(version="1.6"),
    "no version": {"type": "AdaptiveCard", "body": []},
    "numeric version": card(version=1.5),
    "input without id": card({"type": "Input.Text", "label": "l"}),
    "same id twice": card(asks(), asks()),
    "bad boolean": card(text_block("a", wrap="true")),
    "bad enum": card(text_block("a", size="huge")),
    "bad style of a button": card(actions=[button(style="danger")]),
    "text is a number": card(text_block("") | {"text": 1}),
    "execute in 1.3": card(version="1.3", actions=[button("Execute")]),
    "refresh in 1.3": card(version="1.3", refresh=refreshes(1)),
    "refresh by a submit": card(refresh=refreshes(1, type="Action.Submit")),
    "refresh for 61": card(refresh=refreshes(61)),
    "http picture": card({"type": "Image", "url": "http://x/y.png"}),
    "picture without url": card({"type": "Image", "altText": "a"}),
    "numeric fact": card({"type": "FactSet", "facts": [{"title": "a", "value": 1}]}),
    "numeric choice": card(choices(1)),
    "no choices": card(asks("ChoiceSet")),
    "value that is no choice": card(choices("b", value="z")),
    "values that are no choices": card(choices("b", value="b,z", isMultiSelect=True)),
    "data is a string": card(actions=[button(data="x")]),
    "card within a card within": card(actions=[button("ShowCard", card=card(actions=[within]))]),
}
UNWISE: dict[str, tuple[object, str]] = {
    "seven buttons": (card(actions=[button()] * 7), "7 actions"),
    "no title": (card(actions=[{"type": "Action.Submit"}]), "no title"),
    "no label": (card({"type": "Input.Text", "id": "a"}), "no label"),
    "required without a word": (card(asks(isRequired=True)), "no errorMessage"),
    "unknown property": (card(text_block("a", colour="red")), "no property 'colour'"),
    "refresh for nobody": (card(refresh=refreshes(0)), "without userIds"),
}
SOUND: dict[str, Json] = {
    "a bit of everything": card(
        {"type": "ColumnSet", "columns": [{"type": "Column", "width": "auto", "items": [text_block("a")]}]},
        {
            "type": "Table",
            "columns": [{"width": 1}],
            "rows": [{"type": "TableRow", "cells": [{"type": "TableCell", "items": []}]}],
        },
        {"type": "RichTextBlock", "inlines": ["a", {"type": "TextRun", "text": "b"}]},
        {"type": "ImageSet", "images": [{"url": "https://example.com/a.png"}]},
        asks("Date"),
        {"type": "ActionSet", "actions": [button("ToggleVisibility", targetElements=["x"])]},
        actions=[within],
    ),
    "a refresh": card(refresh=refreshes(60), actions=[button("Execute")]),
    "several values": card(choices("a", "b", value="a,b", isMultiSelect=True)),
    "size in another case": card(text_block("a", size="Large")),
    "an element that is an action": card({"type": "Container", "items": [text_block("a")], "selectAction": button()}),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_a_broken_card_is_refused(teams: World, name: str) -> None:
    refused = await teams.send(teams.erin, with_card(BROKEN[name]))
    assert refused.code == (400, "BadSyntax") and teams.erin.messages() == []


@pytest.mark.parametrize("name", UNWISE)
def test_an_unwise_card_is_noted(name: str) -> None:
    unwise, said = UNWISE[name]
    (problem,) = check_card(unwise)
    assert problem.level == "lint" and said in problem.text


@pytest.mark.parametrize("name", SOUND)
async def test_a_sound_card_is_taken(teams: World, name: str) -> None:
    assert check_card(SOUND[name]) == []
    assert (await teams.send(teams.erin, with_card(SOUND[name]))).status == 201 and teams.fake.lints == []


async def test_a_card_too_large(teams: World) -> None:
    assert (await teams.send(teams.erin, with_card(card(text_block("y" * 29000))))).code == (413, "MessageSizeTooBig")


async def test_a_lenient_tenant_takes_it_and_notes_it() -> None:
    async with teams_world(strict=False) as teams:
        assert (await teams.send(teams.erin, with_card(BROKEN["http picture"]))).status == 201
        assert any("must be https" in said for said in teams.fake.lints)


@pytest.mark.parametrize("answer", [{"statusCode": 200, "value": 1}, {"type": "x", "value": 1}])
async def test_an_answer_without_status_or_type_is_noted(teams: World, answer: Json) -> None:
    assert "needs statusCode and type" in await answered(teams, answer)


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("application/vnd.microsoft.card.adaptive", card({"type": "Bogus"}), "unknown or misplaced"),
        ("application/vnd.microsoft.activity.message", {"text": "a"}, "a message answer needs"),
        ("application/vnd.microsoft.error", {"code": "a"}, "an error answer needs"),
    ],
)
async def test_what_is_wrong_in_an_answer_is_noted(teams: World, kind: str, value: Any, said: str) -> None:
    assert said in await answered(teams, {"statusCode": 200, "type": kind, "value": value})


async def test_an_answer_with_an_error_is_noted(teams: World) -> None:
    teams.bot.status = 500
    assert "Something went wrong" in await answered(teams, {})


async def answered(teams: World, answer: Json) -> str:
    teams.bot.answers["adaptiveCard/action"] = answer
    await teams.erin.say("card")
    await teams.erin.execute("Approve")
    return "\n".join(teams.fake.lints)


@pytest.mark.parametrize(
    ("task", "said"),
    [
        ({"type": "continue", "value": {"title": "a"}}, "a dialog needs a card or a url"),
        ({"type": "continue", "value": {"card": {"content": card({"type": "Bogus"})}}}, "unknown or misplaced"),
        ({"type": "message", "value": {"text": "a"}}, "bad answer to a dialog"),
    ],
)
async def test_what_is_wrong_in_a_dialog_is_noted(teams: World, task: Json, said: str) -> None:
    teams.bot.answers["task/fetch"] = {"task": task}
    await teams.erin.say("card")
    await teams.erin.submit("Open")
    assert said in "\n".join(teams.fake.lints)


def test_limits_are_a_matter_of_the_test() -> None:
    assert check_card(card(version="1.6"), Limits(card_version=(1, 6))) == []
    assert any(p.too_big for p in check_card(card(), Limits(card_bytes=10)))
