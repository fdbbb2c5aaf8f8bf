"""The cards that people see most, as they look in Microsoft's renderer.

`python -m tests.adapters.teams.rendering.gallery FOLDER` takes their pictures: light, dark, on a desk and on a phone.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page

from adapters.teams.dialog import form_card, show_card, told_card
from adapters.teams.message import message, told
from bot.core.ids import CaseId, SessionId, Token
from bot.core.messages import Asks, Choice, Fact, Field, FieldError, Form, Input, Message, TellsFile, Tone
from bot.core.people import PersonId
from bot.core.texts import escape
from tests.adapters.teams.reading import as_sent
from tests.browser.window import browser

HERE = Path(__file__).parent
TOKEN = Token(CaseId("ab12"), SessionId("ab12.1"), "report.who", 3)
WAYS = (Choice("back", "Back"), Choice("stop", "Stop"), Choice("emergency", "Emergency help"))
TYPED = "He wrote *again*: <b>you</b> #1 [look](https://evil.test)\n- at page_1.png\n\n1. twice & more \\o/ {{DATE(x)}}"
STORY = escape("It began in May. " * 30)
NAMES = {"p1": "Bo Winther", "p2": "Kim Dal"}
OUTSIDE = "A customer, a citizen or somebody else from outside"
KINDS = tuple(Choice(f"k{n}", text) for n, text in enumerate((OUTSIDE, "A colleague", "My manager", "I do not know")))
FILE = TellsFile(CaseId("ab12"), "f1", "screenshot_1.png", 9000, "image/png")
FORM = Form(
    TOKEN,
    "What happened",
    (
        Field("story", "What happened?", Input.PARAGRAPH, required=True, hint="A few words are enough."),
        Field("when", "When was it?", Input.DATETIME),
        Field("who", "Who did it?", Input.PERSON),
        Field(
            "where", "Where did it happen?", Input.MANY, options=(Choice("mail", "E-mail"), Choice("chat", "A chat"))
        ),
        Field("often", "How often?", Input.NUMBER),
        Field("link", "Is there a page?", Input.URL),
    ),
    "Save",
)


def name_of(person: str) -> str:
    return NAMES.get(person, "")


def shown() -> Mapping[str, Message]:
    question = Message(
        "Is it about you or a **colleague**?\n\nYou can change this later.",
        asks=Asks.ONE,
        choices=(Choice("me", "About me"), Choice("other", "About a colleague")),
        commands=WAYS,
        token=TOKEN,
        hint="It helps me ask the right things.",
        progress=(3, 17),
    )
    alert = Message(
        "**Ana Holm** has told me about an incident and needs you. Please answer here before 14:00.",
        asks=Asks.ONE,
        facts=(Fact("Case", escape("K7Q-4M2X")), Fact("How soon", "within one working day")),
        choices=(Choice("take", "I will take this"), Choice("decline", "I cannot take this")),
        commands=(Choice("who_sees", "Who can see this?"), Choice("read", "Read what was told")),
        token=TOKEN,
        tone=Tone.URGENT,
    )
    review = Message(
        "This is what I will pass on. Is it right?",
        asks=Asks.ONE,
        facts=(Fact("What happened?", STORY), Fact("In your words", escape(TYPED)), Fact("Files", "one", (FILE,))),
        choices=(
            Choice("send", "Send the report"),
            *(Choice(f"change:{n}", f"Change answer {n}") for n in range(1, 8)),
        ),
        commands=WAYS,
        token=TOKEN,
    )
    return {
        "question": question,
        "alert": alert,
        "review": review,
        "one_of_long": Message("Who did it?", asks=Asks.ONE, choices=KINDS, commands=WAYS, token=TOKEN),
        "several": Message("What was it?", asks=Asks.MANY, choices=KINDS, chosen=("k1",), commands=WAYS, token=TOKEN),
        "person": Message("Who did it?", asks=Asks.PERSON, choices=(Choice("not", "Not on the list"),), token=TOKEN),
        "among": Message("Who takes over?", asks=Asks.PERSON, token=TOKEN, among=tuple(map(PersonId, NAMES))),
        "files": Message("Any files?", asks=Asks.FILES, token=TOKEN, choices=(Choice("done", "That is all"),)),
        "form": Message("Tell me in your own words.", asks=Asks.FORM, token=TOKEN, form=FORM, commands=WAYS),
        "words": Message("When was it?", asks=Asks.WORDS, token=TOKEN, commands=WAYS),
        "steps": Message("Do this today:\n\n1. Talk to **Ana**.\n2. Save what you saw.\n\n- Listen.\n- Do not blame."),
    }


def cards(language: str) -> dict[str, Any]:
    rows = [
        Message(f"**K{n}Q-4M2X** · open since Monday", asks=Asks.ONE, choices=(Choice("o", "Open"),), token=TOKEN)
        for n in range(4)
    ]
    wrong = (FieldError("story", "Please tell me a little."), FieldError("often", "Please write a number."))
    dialogs = {
        "form_open": form_card(FORM, language, name_of),
        "form_mend": form_card(FORM, language, name_of, wrong, {"story": (), "often": ("many",), "who": ("p1",)}),
        "read": show_card("What was told", [Fact(f"Question {n}", STORY, (FILE,)) for n in range(40)], language, TOKEN),
        "cases": told_card("Your cases", rows, language),
    }
    made = {name: message(one, language, name_of).card for name, one in shown().items()}
    made |= {name: dialog.card for name, dialog in dialogs.items()}
    return {name: as_sent(card) for name, card in {**made, "told": told(rows, language).card}.items()}


async def opened(chromium: Browser, width: int) -> Page:
    page = await chromium.new_page(viewport={"width": width, "height": 800})
    await page.goto((HERE / "page.html").as_uri())
    return page


async def pictures(folder: Path) -> None:
    async with browser() as chromium:
        for width in (360, 720):
            for dark in (False, True):
                for name, card in cards("en" if width == 360 else "da").items():
                    page = await opened(chromium, width)
                    await page.evaluate("([cards, dark]) => window.draw(cards, dark)", [[card], dark])
                    tone = "dark" if dark else "light"
                    await page.screenshot(path=folder / f"{name}_{width}_{tone}.png", full_page=True)
                    await page.close()


if __name__ == "__main__":
    asyncio.run(pictures(Path(sys.argv[1])))
