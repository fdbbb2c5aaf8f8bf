"""From file and environment to `Settings`, or one line that says what to mend.

Rule 1. One line, the first mistake in reading order: where, which key, what to do.
Rule 2. No line shows a secret, nor an address, which may hold one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.errors import SettingsError
from bot.settings import source as sources
from bot.settings.model import Settings, Written
from bot.settings.rules import broken
from bot.settings.source import Source, Where
from bot.settings.values import Misfit, suggestion

TESTING = "BISTAND_TESTING"


def load(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings of a file (None: no file), with the environment over it.

    Raises SettingsError, in one line, for whatever cannot be used as it is.
    """
    _misspelt_variable(environ)
    source = sources.read(path, environ)
    try:
        written = Written.model_validate(source.values)
    except ValidationError as error:
        found = min(error.errors(include_url=False), key=lambda one: source.order(_key(one)))
        raise SettingsError(_told(source, found)) from None
    settings = Settings.model_validate({**dict(written), "testing": environ.get(TESTING, "") == "1"})
    for key, text in broken(settings):
        raise SettingsError(f"{source.place(key)}: `{'.'.join(key)}` {_sentence(text)}")
    return settings


def known_keys() -> tuple[Where, ...]:
    """Every setting, as its path; a site's are below `organisation.sites.NAME`."""
    return tuple(_keys(Written, ()))


def _keys(model: type[BaseModel], above: Where) -> Iterator[Where]:
    for name, info in model.model_fields.items():
        below = info.annotation
        if isinstance(below, type) and issubclass(below, BaseModel):
            yield from _keys(below, (*above, name))
        else:
            yield (*above, name)


def _misspelt_variable(environ: Mapping[str, str]) -> None:
    """Rule 3 of source: one `_` where two belong."""
    right = {sources.PREFIX + "_".join(key).upper(): sources.PREFIX + "__".join(key).upper() for key in known_keys()}
    for name in sorted(environ):
        if name in right and name != right[name]:
            raise SettingsError(f"{name}: a section and its key have two `_` between them. Write {right[name]}.")


def _key(error: ErrorDetails) -> Where:
    """The key that an error is about; items of a list share the list's."""
    cause = error.get("ctx", {}).get("error")
    inner = cause.inner if isinstance(cause, Misfit) else ()
    return (*(part for part in error["loc"] if isinstance(part, str) and part != "[key]"), *inner)


def _told(source: Source, error: ErrorDetails) -> str:
    key = _key(error)
    place = source.place(key)
    if error["type"] == "extra_forbidden":
        return f"{place}: {_unknown(key)}"
    return f"{place}: `{'.'.join(key)}` {_text(error)}"


def _unknown(key: Where) -> str:
    *above, name = key
    inside = f" in `{'.'.join(above)}`" if above else ""
    near = suggestion(name, _siblings(tuple(above)))
    if not near:
        elsewhere = [".".join(known) for known in known_keys() if known[-1] == name]
        near = f" Did you mean `{elsewhere[0]}`?" if elsewhere else ""
    return f"unknown key `{name}`{inside}.{near}"


def _siblings(above: Where) -> list[str]:
    """The keys that may stand in a section."""
    if above[:2] == ("organisation", "sites"):
        return ["country", "timezone", "hours"]
    return list(dict.fromkeys(key[len(above)] for key in known_keys() if key[: len(above)] == above))


def _text(error: ErrorDetails) -> str:
    """What to say after the key's name: our own words, since pydantic's may show the value."""
    context = error.get("ctx", {})
    match error["type"]:
        case "value_error":
            return _sentence(str(context["error"]))
        case "literal_error":
            return f"must be {str(context['expected']).replace(chr(39), '`')}."
        case "int_parsing" | "int_type" | "int_from_float" | "int_parsing_size":
            return "must be a whole number."
        case "greater_than_equal":
            return f"must be at least {context['ge']}."
        case "less_than_equal":
            return f"must be at most {context['le']}."
        case "bool_parsing" | "bool_type":
            return "must be `true` or `false`."
        case "too_short":
            return "must name at least one."
        case "tuple_type" | "list_type":
            return "must be a list."
        case "model_type" | "model_attributes_type" | "dict_type":
            return "is a section: its keys stand below it, two spaces in."
        case _:
            return "must be one value."


def _sentence(text: str) -> str:
    return text if text.endswith(("?", ".")) else f"{text}."
