"""Inputs in which options are chosen and people are found by name. Pure.

Rule 1. Up to ten options stand there to be read at once; more are in a list that opens.
Rule 2. People of whom there are few are a list. Else Teams finds them by name, with its people picker: of all ways to
        look up a name it is the one that works in chats with bots and in dialogs, on every client. Such an input is
        never required, and never holds who was picked before: clients then refuse what is picked, or show an id.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from adapters.teams.texts import kept_apart
from adapters.teams.wire import PEOPLE, Element, Json
from bot.core.messages import Choice
from bot.core.texts import cut, escape
from bot.errors import Invariant
from bot.markdown import label

MOST_AT_A_GLANCE, MOST_PEOPLE = 10, 100
LONGEST_LABEL = 250

#: The name of a person by id; empty where it is not known.
NameOf = Callable[[str], str]


def nameless(_person: str) -> str:
    return ""


def labelled(name: str, text: str, **more: Json) -> dict[str, Json]:
    """What every input has; `text` is plain."""
    return {"id": name, "label": kept_apart(cut(" ".join(text.split()), LONGEST_LABEL)), **more}


def choice_set(
    head: Element, offered: Sequence[Choice], before: Sequence[str], *, many: bool, longest: int, style: str = ""
) -> Element:
    """Raises Invariant where an option's id could not be told from its neighbours'."""
    if any(not choice.id or "," in choice.id for choice in offered):
        raise Invariant("an option's id is empty or has a comma in it")
    known = [choice.id for choice in offered if choice.id in before]
    kept = ",".join(known if many else known[:1])
    return {
        "type": "Input.ChoiceSet",
        **head,
        "choices": [{"title": kept_apart(label(one.label, longest)), "value": one.id} for one in offered],
        "style": style or ("expanded" if len(offered) <= MOST_AT_A_GLANCE else "compact"),
        "wrap": True,
        **({"isMultiSelect": True} if many else {}),
        **({"value": kept} if kept else {}),
    }


def people(head: Element, before: Sequence[str], among: Sequence[str], name_of: NameOf) -> Element:
    """Few people, as a list."""
    offered = [Choice(person, escape(name_of(person))) for person in among]
    return choice_set(head, offered, before, many=False, longest=LONGEST_LABEL)


def search(head: Element, placeholder: str = "") -> Element:
    """Rule 2: all people, by name."""
    return {
        "type": "Input.ChoiceSet",
        **{key: value for key, value in head.items() if key not in ("isRequired", "errorMessage")},
        "choices": [],
        "choices.data": {"type": "Data.Query", "dataset": PEOPLE},
        **({"placeholder": placeholder} if placeholder else {}),
    }


def few(among: Sequence[str], name_of: NameOf) -> bool:
    """Whether those among whom one is picked can be a list."""
    return 0 < len(among) <= MOST_PEOPLE and all(map(name_of, among))
