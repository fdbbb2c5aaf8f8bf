"""What is typed into a form stands in views, and in no message, notification, home, log, address or other call."""

from __future__ import annotations

import html
import json
from io import StringIO
from urllib.parse import quote, quote_plus

import pytest

from bot.core.events import Command
from bot.core.languages import phrases
from tests.adapters.slack.house import SlackHouse, slack_house
from tests.adapters.slack.trapped import MODES, START, TO_FORM, talk
from tests.runtime.making import settings

CANARIES = {
    "story": "zyklamen hvisker blåt 🐤 vandrer",
    "links": "https://kanarie.example/qvist-fjeder-ørn",
    "sender": "Vivianna Kanariefuglesen-Østerbro",
    "phone": "+45 98 70 61 52",
    "next_talk": "lærkesang noteret i stolpediagrammet",
    "reason": "stæreflok over havnen gør det unødigt",
    "words": "gråspurvetælling på loftet hos farmor",
    "share": "papegøjeblad drypper langsomt i kælderen",
    "note": "undulatnoter fra en søvnløs nat",
    "question": "finkekvidder i referatet, æøå & <mere>",
}
#: Who wrote what, and who may come to read it in a view.
WRITERS = {"story": "ana", "links": "ana", "sender": "ana", "phone": "ana"}
READERS = {
    "story": {"luis", "hanne"},
    "links": {"luis", "hanne"},
    "sender": {"luis", "hanne"},
    "phone": {"luis", "hanne"},
}
LUIS_WROTE = {name: {"hanne"} for name in CANARIES}
MAY_READ = LUIS_WROTE | READERS | {"next_talk": set(), "question": {"ana", "hanne"}}


async def everything(house: SlackHouse) -> None:
    """A case to its end, with a canary in every form in which somebody can write freely."""
    told = " | ".join(f"{name}: {CANARIES[name]}" for name in ("story", "links", "sender"))
    await talk(
        house, "Ana", *TO_FORM[:-1], "[My manager] [HR]", f"{{kinds: threat | {told}}}", "skip", "[None of these]"
    )
    await talk(house, "Ana", "3", "[No]", "skip", "[By phone]", f"{{phone_number: {CANARIES['phone']}}}")
    await talk(house, "Ana", "[Read what I wrote]", "[Yes, send it]")
    await talk(house, "Luis", "[I will take this]", "cases", "[Open]", "[Read what was told]")
    await talk(house, "Luis", "[Done]", "{safe_now: yes}", "[Done]", "{state: shaken}")
    await talk(house, "Luis", "[Done]", f"{{next_talk: {CANARIES['next_talk']}}}", "{closed}")
    await talk(house, "Luis", "[Not relevant]", f"{{reason: {CANARIES['reason']}}}")
    await talk(house, "Luis", "cases", "[Open]", "[Write a note]", f"{{words: {CANARIES['words']}}}")
    await talk(
        house,
        "Luis",
        "cases",
        "[Open]",
        "[Let one more read it]",
        f"{{person: Omar Nissen | reason: {CANARIES['share']}}}",
    )
    await talk(
        house, "Luis", "cases", "[Open]", "[Ask the employee something]", f"{{question: {CANARIES['question']}}}"
    )
    await talk(house, "Luis", "hand over", f"{{who: Hanne Lund | note: {CANARIES['note']}}}")
    await talk(house, "Hanne", "[Jeg tager sagen]", "læs", f"[{phrases('da').labels[Command.READ]}]")


def holds(found: object, words: str) -> bool:
    """Whether this holds these words, as they are, escaped or in an address."""
    text = json.dumps(found, ensure_ascii=False)
    return any(shape in text for shape in (words, html.escape(words, quote=False), quote(words), quote_plus(words)))


@pytest.mark.parametrize("mode", MODES)
async def test_what_is_typed_into_a_form_stands_in_views_alone(mode: str, log: StringIO) -> None:
    async with slack_house(settings(), START, mode) as house:
        await everything(house)
        fake = house.fake
        for name, words in CANARIES.items():
            seen = fake.who_sees(words)
            assert {where.partition(":")[0] for _, where in seen} <= {"modal"}, name
            assert {who for who, _ in seen} <= MAY_READ.get(name, set()) | {WRITERS.get(name, "luis")}, name
            assert READERS.get(name, set()) <= {who for who, _ in seen}, name
            assert not any(words in text or quote(words) in text for text in log.getvalue().splitlines()), name
            assert not any(holds(str(request.url), words) for request in fake.requests), name
            for method, asked, _ in fake.api_calls:
                if not method.startswith("views."):
                    assert not holds(asked, words), (name, method)
        assert fake.lints == []


async def test_the_search_finds_what_is_there() -> None:
    async with slack_house(settings(), START, "http") as house:
        await talk(house, "Ana", *TO_FORM)
        ana = await talk(house, "Ana", CANARIES["story"])
        assert house.fake.who_sees(CANARIES["story"]) == {("ana", f"im:{ana.ch['id']}")}
        assert holds({"text": f"<{CANARIES['question']}>"}, CANARIES["question"])
        assert holds(f"/api/x?q={quote_plus(CANARIES['story'])}", CANARIES["story"])
