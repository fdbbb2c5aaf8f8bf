"""Questions that stand together in one form: read from YAML, shown, and taken back as answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.answers import Answer, Skipped
from bot.core.messages import Field, FieldError
from bot.steps.ask import Ask
from bot.steps.base import Accept, Refuse
from bot.steps.choose import Choose
from bot.steps.reader import Reader
from bot.steps.scene import Scene
from bot.steps.values import Type

FormField = Ask | Choose
#: What both platforms show in one modal without scrolling for ever.
MOST_FIELDS = 12


def read_fields(reader: Reader, key: str) -> tuple[FormField, ...]:
    """The questions under `fields:` or `record:`."""
    found: list[FormField] = []
    for node, place in reader.fields(key):
        field_reader = Reader(node, reader.notes, _name(node.get("id"), reader.at))
        verbs = [entry.key.text for entry in node.entries if entry.key.text in (Ask.VERB, Choose.VERB)]
        if len(verbs) != 1:
            reader.problem(place, "not-a-question", f'"{key}:" takes questions: each begins with ask: or choose:')
            continue
        kind: type[FormField] = Ask if verbs[0] == Ask.VERB else Choose
        field_reader.known(kind.KEYS, verbs[0])
        field = kind.read(field_reader)
        if isinstance(field, Ask) and field.type is Type.FILES:
            reader.problem(
                place, "files-in-form", "files are a step of their own: Teams takes them only as attachments."
            )
        if field is not None:
            found.append(field)
    if reader.has(key) and not found:
        reader.problem(reader.place, "empty-form", f'"{key}:" has no question in it.')
    if len(found) > MOST_FIELDS:
        reader.problem(
            found[MOST_FIELDS].place, "too-many-fields", f"one form holds {MOST_FIELDS} questions. Split it."
        )
    return tuple(found)


def _name(node: object, otherwise: str) -> str:
    text = getattr(node, "text", None)
    return text if isinstance(text, str) else otherwise


def shown(fields: Sequence[FormField], scene: Scene) -> tuple[FormField, ...]:
    """The fields whose `when` holds."""
    return tuple(f for f in fields if f.when is None or scene.holds(f.when))


def form_fields(fields: Sequence[FormField], scene: Scene) -> tuple[Field, ...]:
    return tuple(f.field(scene) for f in shown(fields, scene))


def take_fields(fields: Sequence[FormField], scene: Scene, values: Mapping[str, tuple[str, ...]]) -> Accept | Refuse:
    """All answers, or every field that is to be mended. An empty field is skipped."""
    answers: dict[str, Answer] = {}
    errors: list[FieldError] = []
    for field in shown(fields, scene):
        given = tuple(v for v in values.get(field.id, ()) if v.strip())
        if not given:
            if field.required:
                errors.append(FieldError(field.id, scene.phrases.required_field))
            answers[field.id] = Skipped()
            continue
        found = field.from_field(scene, given)
        if isinstance(found, str):
            errors.append(FieldError(field.id, found))
        else:
            answers[field.id] = found
    return Refuse(errors[0].text, tuple(errors)) if errors else Accept(answers)
