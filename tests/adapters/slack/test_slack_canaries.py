"""What is typed into a form stands in its view, and nowhere else in Slack: in no message, home, log, address or call."""

from __future__ import annotations

import json
from io import StringIO

import pytest

from tests.adapters.slack.house import SlackHouse, slack_house
from tests.adapters.slack.trapped import MODES, START, TO_FORM, talk
from tests.runtime.making import settings

CANARIES = {
    "story": "zyklamen hvisker blåt 🐤 vandrer",
    "links": "https://kanarie.example/qvist-fjeder-ørn",
    "sender": "Vivianna Kanariefuglesen-Østerbro",
    "phone": "+45 98 70 61 52",
    "state": "lærkesang noteret i stolpediagrammet",
    "reason": "stæreflok over havnen gør det unødigt",
    "words": "gråspurvetælling på loftet hos farmor",
    "share": "papegøjeblad drypper langsomt i kælderen",
    "note": "undulatnoter fra en søvnløs nat",
    "summary": "finkekvidder i referatet, æøå & <mere>",
}
#: Who may come to read what, beside its writer: the owner and HR what was told, the next owner the note to them.
READERS = {
    "story": {"luis", "hanne"},
    "links": {"luis", "hanne"},
    "sender": {"luis", "hanne"},
    "phone": {"luis", "hanne"},
    "note": {"hanne"},
}
WRITER = {"story": "ana", "links": "ana", "sender": "ana", "phone": "ana", "summary": "hanne"}


async def everything(house: SlackHouse) -> None:
    """A case to its end, with a canary in every form in which somebody can write freely."""
    told = " | ".join(f"{name}: {CANARIES[name]}" for name in ("story", "links", "sender"))
    await talk(house, "Ana", *TO_FORM[:-1], "[My manager] [HR]", f"{{kinds: threat | {told}}}", "skip", "[None of these]")
    await talk(house, "Ana", "3", "[No]", "skip", "[By phone]", f"{{phone_number: {CANARIES['phone']}}}")
    await talk(house, "Ana", "[Yes, send it]")
    await talk(house, "Luis", "[I will take this]", "[Read what was told]")
    await talk(house, "Luis", "[Done]", "{safe_now: yes}", "[Done]", "{state: shaken}")
    await talk(house, "Luis", "cases", "[Open]", "[Write a note]", f"{{words: {CANARIES['words']}}}")
    await talk(house, "Luis", "[Let one more read it]", f"{{person: Omar Nissen | reason: {CANARIES['share']}}}")
    await talk(house, "Luis", "hand over", f"{{who: Hanne Lund | note: {CANARIES['note']}}}")


@pytest.mark.parametrize("mode", MODES)
async def test_what_is_typed_into_a_form_stands_in_views_alone(mode: str, log: StringIO) -> None:
    async with slack_house(settings(), START, mode) as house:
        await everything(house)
        for name, words in CANARIES.items():
            print(name, house.fake.who_sees(words), house.fake.who_sees(words.split()[0]))
        print([m for m in {m for m,a,r in house.fake.api_calls if any(w in json.dumps(a, ensure_ascii=False) for w in CANARIES.values())}])
        assert 0
