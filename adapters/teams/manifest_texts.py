"""What people read about the app before they talk with the bot: in the store, in lists of commands, on menus.

Rule 1. A command's title is what Teams writes into the chat when it is pressed: a word that the bot understands.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A command: what stands on it, and beneath."""

    title: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """Plain text, no Markdown."""

    short: str
    full: str
    chat: tuple[Shown, ...]  # report, advice, cases, help
    report_message: Shown
    report_incident: Shown


ENGLISH = Texts(
    short="Help when somebody harasses or threatens you. Calmly, step by step.",
    full="""\
Bistand is there when somebody harasses you, online or at work, or when you see it happen to a colleague.

Write to it in private. It asks step by step what has happened, and who may know. You can pause, go back, skip a \
question, or stop at any time. Nothing is sent before you have read it and said so.

Then somebody who can help is told, and reminded until they do. People decide everything. Bistand never tells \
whoever it is about.

Bistand is no emergency service. If you are in danger, call your emergency number.""",
    chat=(
        Shown(title="report", description="Tell in private what has happened. You decide who may know."),
        Shown(title="advice", description="See what you can do yourself. No report is sent."),
        Shown(title="cases", description="See what you have reported, and what you look after."),
        Shown(title="help", description="See what can be done here."),
    ),
    report_message=Shown(
        title="Report this message",
        description="Begin a private report with this message. Nobody is told yet.",
    ),
    report_incident=Shown(
        title="Report an incident",
        description="Tell in private what has happened. You decide who may know.",
    ),
)

DANISH = Texts(
    short="Hjælp, når nogen chikanerer eller truer dig. Roligt, skridt for skridt.",
    full="""\
Bistand er der for dig, når nogen chikanerer dig på nettet eller på arbejdet, eller når du ser det ske for en kollega.

Skriv til den privat. Den spørger skridt for skridt, hvad der er sket, og hvem der må vide det. Du kan holde pause, gå \
tilbage, springe et spørgsmål over eller stoppe når som helst. Der bliver ikke sendt noget, før du har læst det og \
sagt ja.

Så får en, der kan hjælpe, besked, og bliver mindet om det, til der sker noget. Det er mennesker, der bestemmer. \
Bistand siger aldrig noget til den, det handler om.

Bistand er ikke en alarmcentral. Er du i fare, så ring 112.""",
    chat=(
        Shown(title="chikane", description="Fortæl privat, hvad der er sket. Du bestemmer, hvem der må vide det."),
        Shown(title="råd", description="Se, hvad du selv kan gøre. Der bliver ikke sendt noget."),
        Shown(title="sager", description="Se, hvad du har fortalt om, og hvad du tager dig af."),
        Shown(title="hjælp", description="Se, hvad du kan gøre her."),
    ),
    report_message=Shown(
        title="Fortæl om denne besked",
        description="Begynd privat med denne besked. Ingen får noget at vide endnu.",
    ),
    report_incident=Shown(
        title="Fortæl om en hændelse",
        description="Fortæl privat, hvad der er sket. Du bestemmer, hvem der må vide det.",
    ),
)

#: The first is for whoever has Teams in a language that is not here.
TEXTS: Mapping[str, Texts] = {"en": ENGLISH, "da": DANISH}
