"""Translations of a flow: read, and checked against it. `merge.py` brings them up to date.

Rule 1. The source text is the key, so that moving and renaming lose nothing. `at:` (question.option) stands only where
        the same words need two translations.
Rule 2. An empty translation and one with `was:` are work to be done: the file can be read, the check names each of
        them, and no reader is shown one.
Rule 3. A translation holds the placeholders of its source, no more and no fewer; their order is the language's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.languages.codes import is_language, language_name, meant_language
from bot.core.texts import placeholders, shorten
from bot.errors import Problem
from bot.flow.model import Flow, Translated, Translation
from bot.flow.yaml import read
from bot.steps import nodes
from bot.steps.base import Key, Name, Shape
from bot.steps.notes import Notes, did_you_mean, listed, place_of
from bot.steps.reader import Reader

TRANSLATION_KEYS = (
    Key("translation", Shape.WORD, "The name of the flow."),
    Key("from", Shape.WORD, "The language of the flow."),
    Key("to", Shape.WORD, "The language of this file."),
    Key("texts", Shape.FIELDS, "The texts in talk order."),
)
AT, WAS = "at", "was"
#: How much of a text a message quotes, in characters.
QUOTED = 50


def load_translation(text: str, file: str) -> tuple[Translation | None, tuple[Problem, ...]]:
    """A translation from its file's text, with all problems; None where too little could be read."""
    document = read(text, file)
    notes = Notes(file)
    empty: set[int] = set()
    translation = _translation(document.root, notes, empty) if document.root is not None else None
    known = [p for p in document.problems if not (p.rule == "yaml-empty-value" and p.line in empty)]
    return translation, tuple(sorted({*known, *notes.problems}))


def _translation(root: nodes.Node, notes: Notes, empty: set[int]) -> Translation | None:
    if not isinstance(root, nodes.Mapping):
        notes.add(place_of(root), "not-a-translation", 'a translation begins with "translation:" and the flow\'s name.')
        return None
    reader = Reader(root, notes, "")
    reader.known(TRANSLATION_KEYS, "a translation")
    flow = reader.name("translation", needed=True)
    source, target = _language(reader, "from"), _language(reader, "to")
    if flow is None or source is None or target is None:
        return None
    if source.word == target.word:
        reader.problem(target.place, "translation-language", f'"from:" and "to:" are both {target.word}.')
        return None
    _check_file_name(reader, flow, target)
    texts = _texts(reader, source.word, target.word, empty)
    return Translation(
        file=notes.file,
        flow=flow.word,
        source_language=source.word,
        language=target.word,
        from_place=source.place,
        texts=texts,
        by_source={t.source: t.text for t in reversed(texts) if t.at is None and _shown(t)},
        by_place={(t.source, t.at): t.text for t in reversed(texts) if t.at is not None and _shown(t)},
    )


def _shown(text: Translated) -> bool:
    """Rule 2."""
    return bool(text.text) and text.was is None


def _language(reader: Reader, key: str) -> Name | None:
    code = reader.name(key, needed=True)
    if code is not None and not is_language(code.word):
        hint = meant_language(code.word) or " Write its two letters, as da."
        reader.problem(code.place, "translation-language", f'"{code.word}" is no language.{hint}')
        return None
    return code


def _check_file_name(reader: Reader, flow: Name, target: Name) -> None:
    name = reader.notes.file.rsplit("/", 1)[-1]
    stem, _, language = name.removesuffix(".yaml").partition(".")
    if flow.word != stem:
        reader.problem(flow.place, "translation-name", f"the file is called {name}, so write: translation: {stem}")
    if target.word != language:
        message = f"the file is called {name}. Call it {stem}.{target.word}.yaml, or write: to: {language or 'da'}"
        reader.problem(target.place, "translation-name", message)


def _texts(reader: Reader, source: str, target: str, empty: set[int]) -> tuple[Translated, ...]:
    value = reader.node.get("texts")
    if value is None or (isinstance(value, nodes.Scalar) and value.missing):
        if value is None:
            reader.problem(reader.place, "missing-key", '"texts:" is missing here.')
        return ()
    if not isinstance(value, nodes.Sequence):
        reader.problem(place_of(value), "not-a-list", f'"texts:" takes a list, each text as:  - {source}: Yes')
        return ()
    found = (_text(item, reader.notes, source, target, empty) for item in value.items)
    return tuple(text for text in found if text is not None)


def _text(item: nodes.Node, notes: Notes, source: str, target: str, empty: set[int]) -> Translated | None:
    if not isinstance(item, nodes.Mapping):
        notes.add(place_of(item), "not-a-translation", f'a text is written in two lines, "{source}:" and "{target}:".')
        return None
    reader = Reader(item, notes, "")
    means = (source, AT, WAS, target)
    reader.known([Key(key, Shape.TEXT, "") for key in means], "a text")
    said, value = reader.scalar(source, needed=True), item.get(target)
    if isinstance(value, nodes.Scalar) and value.missing:
        empty.add(value.line)
    text = reader.text(target)
    if said is None or not said.text or (value is not None and not isinstance(value, nodes.Scalar)):
        return None
    return Translated(
        source=said.text,
        text=text.source if text is not None else "",
        at=reader.plain(AT),
        was=reader.plain(WAS),
        place=place_of(said),
        text_place=reader.place if value is None else place_of(value),
    )


# --- against the flow ----------------------------------------------------------------------------------------------


def spots(flow: Flow) -> Mapping[str, Sequence[str]]:
    """Every text of a flow, in talk order, with the places where it stands."""
    found: dict[str, list[str]] = {}
    for text in flow.texts():
        if text.source:
            found.setdefault(text.source, []).append(text.at)
    return found


def check_translation(flow: Flow, translation: Translation) -> tuple[Problem, ...]:
    """What is to be done before this translation says all that the flow says."""
    notes = Notes(translation.file)
    if translation.source_language != flow.language:
        message = f"the flow is written in {flow.language}. Write: from: {flow.language}"
        notes.add(translation.from_place, "translation-language", message)
    where = spots(flow)
    seen: dict[tuple[str, str | None], Translated] = {}
    for entry in translation.texts:
        first = seen.setdefault((entry.source, entry.at), entry)
        if first is not entry:
            message = f"{_quoted(entry.source)} stands here already on line {first.place.line}. Keep one of the two."
            notes.add(entry.place, "translation-double", message)
        elif entry.source not in where:
            message = f"the flow does not say {_quoted(entry.source)}. {_remedy(translation)}, or delete these lines."
            notes.add(entry.place, "translation-unused", message)
        else:
            _check_entry(entry, translation, where[entry.source], notes)
    return tuple(sorted((*notes.problems, *_missing(flow, translation, seen))))


def _check_entry(entry: Translated, translation: Translation, places: Sequence[str], notes: Notes) -> None:
    source, target = language_name(translation.source_language), language_name(translation.language)
    if entry.at is not None and entry.at not in places:
        hint = did_you_mean(entry.at, places) or f" It stands at: {listed(places)}."
        message = f'{_quoted(entry.source)} does not stand at "{entry.at}".{hint}'
        notes.add(entry.place, "translation-at", message)
    if not entry.text:
        message = f'the {target} text is missing. Write it behind "{translation.language}:".'
        notes.add(entry.text_place, "translation-empty", message)
        return
    if entry.was is not None:
        message = f'the {source} text was changed. Bring the {target} up to date, then delete the line "was:".'
        notes.add(entry.text_place, "translation-was", message)
    had, has = placeholders(entry.source), placeholders(entry.text)
    lost = sorted(set(had) - set(has))
    for name in lost:
        message = f"{{{name}}} is missing in the {target} text."
        notes.add(entry.text_place, "translation-placeholder", message)
    for name in sorted(set(has) - set(had)):
        message = f"{{{name}}} stands in the {target} text only.{did_you_mean(name, lost)}"
        notes.add(entry.text_place, "translation-placeholder", message)


def _missing(
    flow: Flow, translation: Translation, seen: Mapping[tuple[str, str | None], Translated]
) -> tuple[Problem, ...]:
    """One problem for each text that has no line at all, at its place in the flow."""
    target = language_name(translation.language)
    found: dict[str, Problem] = {}
    for text in flow.texts():
        if text.source and (text.source, None) not in seen and (text.source, text.at) not in seen:
            message = f"{_quoted(text.source)} has no {target} text. {_remedy(translation)}"
            problem = Problem(flow.file, text.line, text.column, "translation-missing", message)
            found.setdefault(text.source, problem)
    return tuple(found.values())


def _remedy(translation: Translation) -> str:
    return f"Run: bistand flows translate {translation.flow} {translation.language}"


def _quoted(text: str) -> str:
    return f'"{shorten(" ".join(text.split()), QUOTED)}"'
