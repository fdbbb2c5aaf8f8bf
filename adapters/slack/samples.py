"""One of each kind of what the bot shows, for Slack itself to judge (`bistand doctor --live`). Pure, and made up.

Rule 1. Every way to answer, every kind of field, and each at its longest: the renderer shortens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from adapters.slack import render
from adapters.slack.render import Block
from bot.core.ids import CaseId, SessionId, Token
from bot.core.languages import LANGUAGES
from bot.core.messages import Asks, Choice, Fact, Field, Form, Input, Message, TellsFile, Tone

_TOKEN = Token(CaseId("c" * 26), SessionId("s" * 26), "step" * 15, 999)
_LONG = "Every *word* of this is <made up> & long, so that Slack can say whether it takes it. " * 150
_TWO = (
    Choice("yes", "Yes"),
    Choice("no", "No, and this answer is longer than fits upon any button that Slack shows " * 2),
)
_MANY = tuple(Choice(f"option{number}", f"Answer number {number} of many") for number in range(120))
_SIXTEEN = _MANY[:16]
_WAYS = tuple(Choice(name, name.title()) for name in ("back", "skip", "pause", "stop", "help", "emergency"))
_FILE = TellsFile(CaseId("c" * 26), "f" * 26, "screenshot.png", 48_000, "image/png")
_FACTS = (Fact("What", _LONG), Fact("When", "Monday"), Fact("Files", "screenshot.png", (_FILE,)))


def samples() -> Iterator[tuple[str, Block | Sequence[Block]]]:
    """Each by a name, as a view or as the blocks of a message; in every language."""
    for language in LANGUAGES:
        for name, message in _messages().items():
            yield f"{name} ({language})", render.message(message, language).blocks
        for name, view in _views(language).items():
            yield f"{name} ({language})", view


def _messages() -> Mapping[str, Message]:
    return {
        "a short message": Message("Hello."),
        "a long message": Message(_LONG, commands=_WAYS, token=_TOKEN, progress=(3, 7), hint=_LONG, tone=Tone.URGENT),
        "a choice": Message("Which?", Asks.ONE, choices=_TWO, commands=_WAYS, token=_TOKEN, chosen=("yes",)),
        "a choice of very many": Message("Which?", Asks.ONE, choices=_MANY, commands=_WAYS, token=_TOKEN),
        "ticks": Message("Which?", Asks.MANY, choices=_SIXTEEN, commands=_WAYS, token=_TOKEN, chosen=("option1",)),
        "very many ticks": Message("Which?", Asks.MANY, choices=_MANY, commands=_WAYS, token=_TOKEN),
        "a person": Message("Who?", Asks.PERSON, commands=_WAYS, token=_TOKEN),
        "files": Message("A picture?", Asks.FILES, choices=_TWO, commands=_WAYS, token=_TOKEN),
        "words": Message("What happened?", Asks.WORDS, commands=_WAYS, token=_TOKEN),
        "a form to open": Message("Some questions.", Asks.FORM, commands=_WAYS, token=_TOKEN, form=_form(())),
        "a review": Message("Is this right?", Asks.ONE, facts=_FACTS, choices=_TWO, commands=_WAYS, token=_TOKEN),
    }


def _views(language: str) -> Mapping[str, Block]:
    listed = [Message("**K7Q-4M2X**, open", choices=_TWO, token=_TOKEN)] * 20
    starts = [("report", "Report an incident"), ("advice", "Get advice")]
    return {
        "a form": render.form_view(_form(()), language),
        "a form that was filled in": render.form_view(_form((_LONG,)), language),
        "the dialog for files": render.files_view(_TOKEN, language),
        "a case to read": render.show_view("A title that is much longer than Slack takes", _FACTS, language),
        "a list of cases": render.told_view("Your cases", listed, language),
        "the home": render.home_view(listed, starts, language),
        "an empty home": render.home_view([], starts, language),
    }


def _form(initial: tuple[str, ...]) -> Form:
    """A field of each kind, and those with options twice: with few and with very many."""
    fields = [
        Field(f"field_{kind}", f"A field for {kind}", kind, number % 2 == 0, "A hint.", _SIXTEEN, initial)
        for number, kind in enumerate(Input)
    ]
    fields += [Field(f"many_{kind}", "Many", kind, options=_MANY, initial=initial) for kind in (Input.ONE, Input.MANY)]
    return Form(_TOKEN, "About what happened to you", tuple(fields), "Save")
