"""The flow language as a JSON Schema (draft 2020-12), so that editors complete keys and mark mistakes while one writes.

Rule 1. It is made from the keys that each verb reads (`KEYS`): no list of its own to fall behind.
Rule 2. What `flows check` accepts, the schema accepts; what it cannot know (names, conditions) is left to the check.
Rule 3. Every value is text to a flow, though an editor may take `112` for a number or `true` for a truth value.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.levels import Level
from bot.flow.load import FLOW_KEYS, START_KEYS
from bot.steps import STEPS, Ask, Choose, Do, Step
from bot.steps.base import Key, Shape
from bot.steps.branch import NOTHING
from bot.steps.choose import MOST_OPTIONS, READERS
from bot.steps.consent import OPTIONS
from bot.steps.do import Verb
from bot.steps.fields import MOST_FIELDS
from bot.steps.reader import LONGEST_NAME, LONGEST_TEXT
from bot.steps.task import OTHERWISE

Schema = Mapping[str, object]

DRAFT = "https://json-schema.org/draft/2020-12/schema"
#: Keys that a verb cannot do without; the verb itself is one always.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "ask": ("id",),
    "choose": ("id", "options"),
    "consent": ("id", "options"),
    "form": ("id", "fields"),
    "task": ("id",),
    "if": ("then",),
    "branch": ("cases",),
}
FLOW_NEEDED = ("bistand", "flow", "audience", "language", "start", "steps")

_NAME = f"^[A-Za-z0-9][A-Za-z0-9_]{{0,{LONGEST_NAME - 1}}}$"
_LEVELS = tuple(level.value for level in Level)
_TEXT: Schema = {"type": ["string", "number", "boolean"], "maxLength": LONGEST_TEXT}
_WORD: Schema = {"type": ["string", "number", "boolean"], "pattern": _NAME}
_PLAIN: Schema = {"type": ["string", "number", "boolean"]}
_DURATION: Schema = {"type": "string", "pattern": "^ *[0-9]+ +[A-Za-z]+( +[A-Za-z]+)? *$"}
_BEFORE: Schema = {"type": "string", "pattern": "^ *[0-9]+ +[A-Za-z]+( +[A-Za-z]+)? +[Bb][Ee][Ff][Oo][Rr][Ee] *$"}


def schema() -> dict[str, object]:
    """The schema of a flow file."""
    steps = {kind.VERB: _object(kind.KEYS, (kind.VERB, *NEEDED.get(kind.VERB, ())), _doc(kind)) for kind in STEPS}
    # "to:" is a level for one command, and a question for another
    raising = {"properties": {Do.VERB: {"const": Verb.RAISE.value}}}
    steps[Do.VERB]["allOf"] = [{"if": raising, "then": {"properties": {"to": {"enum": list(_LEVELS)}}}}]
    return {
        "$schema": DRAFT,
        "title": "A flow of Bistand",
        **_object(FLOW_KEYS, FLOW_NEEDED, "One talk: what is asked and said, and what follows from it."),
        "$defs": {
            "steps": {"type": "array", "minItems": 1, "items": _one_of(tuple(steps))},
            "fields": {
                "type": "array",
                "minItems": 1,
                "maxItems": MOST_FIELDS,
                "items": _one_of((Ask.VERB, Choose.VERB)),
            },
            **steps,
        },
    }


def _doc(kind: type[Step]) -> str:
    """What an editor shows for a step: its verb, and what follows it."""
    return f"{kind.VERB}: {kind.KEYS[0].means}"


def _one_of(verbs: Sequence[str]) -> Schema:
    """The verb decides: an editor then speaks of this step alone, not of all that it is not."""
    rules = [{"if": {"required": [verb]}, "then": {"$ref": f"#/$defs/{verb}"}} for verb in verbs]
    return {"type": "object", "oneOf": [{"required": [verb]} for verb in verbs], "allOf": rules}


def _object(keys: Sequence[Key], needed: Sequence[str], means: str) -> dict[str, object]:
    return {
        "description": means,
        "type": "object",
        "properties": {key.name: {"description": key.means, **_value(key, keys)} for key in keys},
        "required": list(needed),
        "additionalProperties": False,
    }


_FIXED: Mapping[Shape, Schema] = {
    Shape.FLAG: {"enum": [True, False, "true", "false"]},
    Shape.NUMBER: {"type": ["integer", "string"], "pattern": "^-*[0-9]+$"},
    Shape.DURATION: _DURATION,
    Shape.BEFORE: _BEFORE,
    Shape.CONDITION: _PLAIN,
    Shape.TEXTS: {"type": "array", "items": _TEXT},
    Shape.STEPS: {"$ref": "#/$defs/steps"},
    Shape.FIELDS: {"$ref": "#/$defs/fields"},
}


def _value(key: Key, keys: Sequence[Key]) -> Schema:
    match key.shape:
        case Shape.TEXT:
            return _PLAIN if key.name == "source" else _TEXT
        case Shape.WORD:
            return {"enum": list(key.words)} if key.words else _WORD
        case Shape.ROLES:
            return {"type": "array", "items": _roles(key)}
        case Shape.OPTIONS | Shape.LABELS:
            return _labels(key, keys)
        case Shape.CASES:
            return _cases(key)
        case Shape.DUE:
            return _due(key)
        case fixed:
            return _FIXED[fixed]


def _roles(key: Key) -> Schema:
    return {"enum": [role.value for role in READERS]} if key.name == "visible_to" else _PLAIN


def _labels(key: Key, keys: Sequence[Key]) -> Schema:
    """A consent's options are roles; those of a question have names of their own."""
    roles = any(other.name == "consent" for other in keys)
    names: Schema = {"enum": [role.value for role in OPTIONS]} if roles else {"pattern": _NAME}
    most = {"maxProperties": MOST_OPTIONS} if key.shape is Shape.OPTIONS else {}
    return {"type": "object", "propertyNames": names, "additionalProperties": _TEXT, **most}


def _cases(key: Key) -> Schema:
    if key.name == "start":
        return _object(START_KEYS, (), key.means)
    if key.name == "never":
        return {"type": "object", "propertyNames": {"enum": list(Verb)}, "additionalProperties": _PLAIN}
    body = {"anyOf": [{"$ref": "#/$defs/steps"}, {"const": NOTHING}]}
    return {"type": "object", "minProperties": 1, "additionalProperties": body}


def _due(key: Key) -> Schema:
    if key.name == "triage":
        return {"type": "object", "propertyNames": {"enum": list(_LEVELS)}, "additionalProperties": _PLAIN}
    by_level = {"propertyNames": {"enum": [*_LEVELS, OTHERWISE]}, "additionalProperties": _DURATION}
    return {"anyOf": [_DURATION, {"type": "object", **by_level}]}
