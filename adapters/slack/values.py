"""What was filled in or ticked, as the bot's core takes it. Pure; whatever is no value of ours is left out.

Rule 1. A value is what the core reads of people: an id, a word, 2026-11-24, 14:30, 2026-11-24T14:30.
Rule 2. The further blocks of a field (`fields.py`) are one value with it: texts as lines, a day with its time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from adapters.slack.fields import TIME
from adapters.slack.texts import Json


def values_of(state: Json) -> Mapping[str, tuple[str, ...]]:
    """The values of a view's state (`view.state.values`) by field, in the order of the form; empty ones are ()."""
    found: dict[str, tuple[str, ...]] = {}
    for block, actions in _items(state):
        field, _, which = block.partition("#")
        given = tuple(value for _, element in _items(actions) for value in value_of(element))
        found[field] = _together(found.get(field, ()), given, which)
    return found


def value_of(element: Json) -> tuple[str, ...]:
    """What one element holds: text, day, time, or the ids of what is chosen."""
    if not isinstance(element, Mapping):
        return ()
    match element.get("type"):
        case "radio_buttons" | "static_select" | "external_select":
            return _ids([element.get("selected_option")])
        case "checkboxes" | "multi_static_select":
            return _ids(element.get("selected_options"))
        case "datepicker":
            return _words(element.get("selected_date"))
        case "timepicker":
            return _words(element.get("selected_time"))
        case "plain_text_input" | "number_input" | "email_text_input" | "url_text_input":
            return _words(element.get("value"))
        case _:
            return ()


def files_of(state: Json) -> tuple[Mapping[str, Json], ...]:
    """The files of the dialog for files, as Slack tells of them."""
    elements = (element for _, actions in _items(state) for _, element in _items(actions))
    held = (element.get("files") for element in elements if isinstance(element, Mapping))
    return tuple(file for files in held if isinstance(files, list) for file in files if isinstance(file, Mapping))


def chosen(state: Json, action: str) -> tuple[str, ...]:
    """What is ticked or picked in the elements whose ids begin so: `ticks`, `people`."""
    elements = (pair for _, actions in _items(state) for pair in _items(actions))
    return tuple(value for name, element in elements if name.partition(":")[0] == action for value in value_of(element))


def _together(before: tuple[str, ...], given: tuple[str, ...], which: str) -> tuple[str, ...]:
    """Rule 2."""
    if not (which and before and given):
        return before or given
    return (f"{before[0]}T{given[0]}",) if which == TIME else (f"{before[0]}\n{given[0]}",)


def _items(found: Json) -> Sequence[tuple[str, Json]]:
    return list(found.items()) if isinstance(found, Mapping) else []


def _words(value: Json) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) and value else ()


def _ids(options: Json) -> tuple[str, ...]:
    every = options if isinstance(options, list) else []
    values = (option.get("value") for option in every if isinstance(option, Mapping))
    return tuple(value for value in values if isinstance(value, str))
