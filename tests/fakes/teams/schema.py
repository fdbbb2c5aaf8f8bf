"""The words of Adaptive Cards: schema 1.5, as far as Teams draws it.

Sources: adaptivecards.io/explorer (schema 1.5); cards-reference.md, cards-format.md (what Teams adds or leaves out).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """What a type of element needs, and all that it may have."""

    required: tuple[str, ...]
    known: frozenset[str]


EVERYWHERE = "type id spacing separator isVisible height fallback requires"


def _kind(required: str, optional: str) -> Kind:
    return Kind(tuple(required.split()), frozenset(f"{EVERYWHERE} {required} {optional}".split()))


def _input(required: str, optional: str) -> Kind:
    return _kind(f"id {required}", f"label isRequired errorMessage value {optional}")


def _action(required: str, optional: str) -> Kind:
    return _kind(required, f"title iconUrl style tooltip isEnabled mode {optional}")


BOX = "selectAction style verticalContentAlignment bleed backgroundImage minHeight rtl"
IN_TABLE = "horizontalCellContentAlignment verticalCellContentAlignment"
CARD = (
    "$schema version body actions refresh authentication fallbackText backgroundImage minHeight rtl speak lang "
    "verticalContentAlignment selectAction msteams metadata originator"
)
KINDS: dict[str, Kind] = {
    "TextBlock": _kind("text", "color fontType horizontalAlignment isSubtle maxLines size weight wrap style"),
    "RichTextBlock": _kind("inlines", "horizontalAlignment"),
    "TextRun": _kind(
        "text", "color fontType highlight isSubtle italic selectAction size strikethrough underline weight"
    ),
    "Image": _kind("url", "altText backgroundColor horizontalAlignment selectAction size style width msTeams"),
    "ImageSet": _kind("images", "imageSize"),
    "Media": _kind("sources", "poster altText captionSources"),
    "FactSet": _kind("facts", ""),
    "ActionSet": _kind("actions", ""),
    "Container": _kind("items", BOX),
    "ColumnSet": _kind("", "columns selectAction style bleed minHeight horizontalAlignment"),
    "Column": _kind("", f"{BOX} items width"),
    "Table": _kind("", f"columns rows firstRowAsHeader firstRowAsHeaders showGridLines gridStyle {IN_TABLE}"),
    "TableRow": _kind("", f"cells style {IN_TABLE}"),
    "TableCell": _kind("items", BOX),
    "Input.Text": _input("", "isMultiline maxLength placeholder regex style inlineAction"),
    "Input.Number": _input("", "max min placeholder"),
    "Input.Date": _input("", "max min placeholder"),
    "Input.Time": _input("", "max min placeholder"),
    "Input.Toggle": _input("title", "valueOff valueOn wrap"),
    "Input.ChoiceSet": _input("", "choices isMultiSelect style placeholder wrap choices.data"),
    "Action.OpenUrl": _action("url", ""),
    "Action.Submit": _action("", "data associatedInputs"),
    "Action.Execute": _action("", "data verb associatedInputs"),
    "Action.ShowCard": _action("card", ""),
    "Action.ToggleVisibility": _action("targetElements", ""),
    "AdaptiveCard": _kind("", CARD),
}

# What stands in a property: an element, an action, or one certain type.
CHILDREN: dict[str, str] = {
    "body": "element",
    "items": "element",
    "columns": "Column",
    "inlines": "TextRun",
    "images": "Image",
    "rows": "TableRow",
    "cells": "TableCell",
    "actions": "action",
    "selectAction": "action",
    "inlineAction": "action",
    "card": "AdaptiveCard",
}
SINGLE = frozenset({"selectAction", "inlineAction", "card"})  # all others are arrays
IMPLIED = frozenset({"Column", "TableRow", "TableCell", "Image"})  # may leave out their type where it is certain
INNER = frozenset({"AdaptiveCard", "Column", "TextRun", "TableRow", "TableCell"})  # are no elements by themselves

_SIZES = "small default medium large extralarge"
_ENUMS = {
    "weight": "lighter default bolder",
    "TextBlock.size": _SIZES,
    "TextRun.size": _SIZES,
    "Image.size": "auto stretch small medium large",
    "color": "default dark light accent good warning attention",
    "spacing": "default none small medium large extralarge padding",
    "horizontalAlignment": "left center right",
    "TextBlock.style": "default heading columnheader",
    "Image.style": "default person roundedcorners",
    "Input.ChoiceSet.style": "compact expanded filtered",
    "Input.Text.style": "text tel url email password",
    "Action.style": "default positive destructive",
    "Action.mode": "primary secondary",
    "Container.style": "default emphasis good attention warning accent",
    "fontType": "default monospace",
}
ENUMS: dict[str, tuple[str, ...]] = {name: tuple(values.split()) for name, values in _ENUMS.items()}
BOOLEANS = frozenset(
    {
        "wrap",
        "isMultiline",
        "isRequired",
        "isMultiSelect",
        "isVisible",
        "separator",
        "isSubtle",
        "isEnabled",
        "bleed",
    }
)


def enum_of(kind: str, name: str) -> tuple[str, ...] | None:
    """The values that a property of this type may have; None: it is no enumeration."""
    of_actions = f"Action.{name}" if kind.startswith("Action.") else ""
    return ENUMS.get(f"{kind}.{name}") or ENUMS.get(of_actions) or ENUMS.get(name)
