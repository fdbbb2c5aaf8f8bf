"""From an admin's files to flows: every mistake becomes a Problem, and reading goes on to the next.

Rule 1. One file is one flow; its name is the file's. Beside it lie its translations and the country packs.
Rule 2. A step has exactly one verb. Steps stand at most three blocks deep.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.core.levels import Level
from bot.core.people import Role
from bot.core.texts import Text
from bot.errors import Problem
from bot.flow.model import Flow, Never, Start
from bot.flow.yaml import read
from bot.steps import STEPS, Step, nodes
from bot.steps.base import BaseStep, Key, Name, Shape, When
from bot.steps.choose import READERS
from bot.steps.do import Verb
from bot.steps.notes import Notes, did_you_mean, listed, place_of
from bot.steps.reader import Reader

LANGUAGE_VERSION = "1"
DEEPEST = 3
#: Who has a card of a case.
OFFERED = tuple(role for role in READERS if role is not Role.ON_CALL)
#: A talk of more steps than this is no talk any more.
MOST_STEPS = 2000

FLOW_KEYS = (
    Key("bistand", Shape.NUMBER, "The version of this language: 1."),
    Key("flow", Shape.WORD, "The name of the flow, as that of its file."),
    Key("title", Shape.TEXT, "What people see as its name."),
    Key("audience", Shape.WORD, "Who is talked with.", (Role.REPORTER.value, Role.OWNER.value)),
    Key("language", Shape.WORD, "The language that this file is written in."),
    Key("start", Shape.CASES, "How it begins."),
    Key("reads", Shape.ROLES, "Other flows whose answers it uses."),
    Key("visible_to", Shape.ROLES, "Who may read the answers, at most."),
    Key("triage", Shape.DUE, "How soon somebody must act: the highest level that surely holds."),
    Key("never", Shape.CASES, "What must never happen: a command and a condition."),
    Key("steps", Shape.STEPS, "The talk."),
)
START_KEYS = (
    Key("command", Shape.WORD, "The word after /bistand."),
    Key("words", Shape.ROLES, "Words that begin it in a chat."),
    Key("shortcut", Shape.TEXT, "The name in the platform's menu."),
    Key("message", Shape.TEXT, "The name in a message's menu."),
    Key("case", Shape.WORD, "opened: begins when a case has been taken; asked: by do: start.", ("opened", "asked")),
    Key("button", Shape.TEXT, "The button on a case's card that begins it."),
    Key("for", Shape.ROLES, "button: on whose card it stands. Without it: the audience's."),
    Key("when", Shape.CONDITION, "case: only where this holds."),
)
VERBS: dict[str, type[Step]] = {kind.VERB: kind for kind in STEPS}


def load_flow(text: str, file: str) -> tuple[Flow | None, tuple[Problem, ...]]:
    """A flow from its file's text, with all problems; None where too little could be read."""
    document = read(text, file)
    notes = Notes(file, list(document.problems))
    flow = _flow(document.root, notes) if document.root is not None else None
    return flow, tuple(sorted(set(notes.problems)))


def _flow(root: nodes.Node, notes: Notes) -> Flow | None:
    if not isinstance(root, nodes.Mapping):
        notes.add(place_of(root), "not-a-flow", 'a flow begins with the line "bistand: 1".')
        return None
    reader = Reader(root, notes, "")
    reader.known(FLOW_KEYS, "a flow")
    _version(reader)
    name = reader.name("flow", needed=True)
    stem = notes.file.rsplit("/", 1)[-1].removesuffix(".yaml")
    if name is not None and name.word != stem:
        reader.problem(name.place, "flow-name", f"the file is called {stem}.yaml, so write: flow: {stem}")
    audience = reader.one_of("audience", (Role.REPORTER.value, Role.OWNER.value), needed=True)
    language = reader.name("language", needed=True)
    written = root.get("steps")
    steps = _block(written, notes, 0) if written is not None else ()
    if written is None:
        reader.problem(reader.place, "no-steps", 'a flow needs "steps:".')
    title = reader.text("title")
    flow = Flow(
        name=name.word if name else stem,
        file=notes.file,
        title=title or Text(name.word if name else stem, "title", 1, 1),
        audience=Role(audience.word) if audience else Role.REPORTER,
        language=language.word if language else "en",
        start=_start(reader),
        reads=reader.names("reads") or (),
        visible_to=reader.roles("visible_to", READERS) or (),
        triage=_triage(reader),
        never=_never(reader),
        steps=steps,
        place=reader.place,
    ).laid_out()
    flow = replace(flow, unread=frozenset(_ids(written)) - flow.questions.keys() - flow.number.keys())
    if flow.questions and not reader.has("visible_to"):
        reader.problem(
            reader.place, "visible-to", "who may read the answers? Add for example:  visible_to: [owner, hr]"
        )
    if len(flow.code) > MOST_STEPS:
        reader.problem(reader.place, "too-many-steps", f"a flow holds {MOST_STEPS} steps; this has {len(flow.code)}.")
    return flow


def _ids(node: nodes.Node | None) -> Iterator[str]:
    """Every id that is written, whatever became of its step."""
    match node:
        case nodes.Sequence(items):
            yield from (name for item in items for name in _ids(item))
        case nodes.Mapping(entries):
            yield from (e.value.text for e in entries if e.key.text == "id" and isinstance(e.value, nodes.Scalar))
            yield from (name for entry in entries for name in _ids(entry.value))
        case _:
            pass


def _version(reader: Reader) -> None:
    version = reader.scalar("bistand", needed=True)
    if version is not None and version.text != LANGUAGE_VERSION:
        reader.problem(
            place_of(version), "version", f"this Bistand reads version 1. Write: bistand: {LANGUAGE_VERSION}"
        )


def _start(reader: Reader) -> Start:
    value = reader.node.get("start")
    if value is None:
        return Start()  # whether another flow begins this one, only all flows together tell
    if not isinstance(value, nodes.Mapping):
        if not (isinstance(value, nodes.Scalar) and value.missing):
            reader.problem(place_of(value), "no-start", '"start:" says how the flow begins, as:  command: report')
        # some way was meant, so that nobody is told twice that there is none
        return Start(command=Name(reader.notes.file, place_of(value)))
    own = Reader(value, reader.notes, "start")
    own.known(START_KEYS, "start")
    words = value.get("words")
    spoken = tuple(i for i in words.items if isinstance(i, nodes.Scalar)) if isinstance(words, nodes.Sequence) else ()
    case = own.one_of("case", ("opened", "asked"))
    roles = own.roles("for", OFFERED) or ()
    places = [name.place for name in own.names("for") or () if name.word in roles] if roles else []
    offered = tuple(zip(roles, places, strict=True))
    return Start(
        command=own.name("command"),
        words=tuple(word.text for word in spoken),
        word_places=tuple(place_of(word) for word in spoken),
        shortcut=own.text("shortcut"),
        message=own.text("message"),
        case=case.word if case else None,
        button=own.text("button"),
        offered=tuple(role for role, _ in offered),
        offered_places=tuple(place for _, place in offered),
        when=own.condition("when"),
    )


def _triage(reader: Reader) -> tuple[tuple[Level, When | None], ...]:
    value = reader.node.get("triage")
    if value is None:
        return ()
    if not isinstance(value, nodes.Mapping):
        reader.problem(place_of(value), "triage", '"triage:" takes one line a level, as:  critical: danger is now')
        return ()
    found: list[tuple[Level, When | None]] = []
    levels = [level.value for level in Level]
    for level, written in reader.lines(value, levels, "level", "condition", "The levels are"):
        if written.text == "otherwise":
            found.append((Level(level.word), None))
        elif (when := reader.as_condition(written)) is not None:
            found.append((Level(level.word), when))
    if not any(when is None for _, when in found):
        reader.problem(place_of(value), "triage", "what holds when nothing else does? Add:  low: otherwise")
    ranks = [level.rank for level, _ in found]
    if ranks != sorted(ranks):
        reader.problem(place_of(value), "triage", "the levels stand from the highest to the lowest.")
    return tuple(found)


def _never(reader: Reader) -> tuple[Never, ...]:
    value = reader.node.get("never")
    if value is None:
        return ()
    if not isinstance(value, nodes.Mapping):
        reader.problem(place_of(value), "never", '"never:" takes one line a command, as:  open_case: wish is advice')
        return ()
    found: list[Never] = []
    verbs = [verb.value for verb in Verb]
    for command, written in reader.lines(value, verbs, "command", "condition", "The commands are"):
        when = reader.as_condition(written)
        if when is not None:
            found.append(Never(command, when))
    return tuple(found)


def _block(value: nodes.Node, notes: Notes, depth: int) -> tuple[BaseStep, ...]:
    if isinstance(value, nodes.Scalar) and value.missing:
        return ()
    if isinstance(value, nodes.Scalar | nodes.Mapping):
        notes.add(place_of(value), "not-steps", 'steps stand below each other, each with "- " before it.')
        return ()
    found = (_step(item, notes, depth) for item in value.items)
    return tuple(step for step in found if step is not None)


def _step(item: nodes.Node, notes: Notes, depth: int) -> BaseStep | None:
    if not isinstance(item, nodes.Mapping):
        notes.add(place_of(item), "no-verb", f"a step begins with a verb: {listed(tuple(VERBS))}.")
        return None
    verbs = [entry.key for entry in item.entries if entry.key.text in VERBS]
    if len(verbs) != 1:
        _no_verb(item, verbs, notes)
        return None
    kind = VERBS[verbs[0].text]
    name = item.get("id")
    at = name.text if isinstance(name, nodes.Scalar) else kind.VERB
    if depth >= DEEPEST and any(entry.key.text in ("then", "else", "cases") for entry in item.entries):
        notes.add(
            place_of(item), "too-deep", f"steps stand at most {DEEPEST} blocks deep. Move this into a flow: call."
        )
    reader = Reader(item, notes, at, lambda value: _block(value, notes, depth + 1))
    reader.known(kind.KEYS, kind.VERB)
    return kind.read(reader)


def _no_verb(item: nodes.Mapping, verbs: list[nodes.Scalar], notes: Notes) -> None:
    if verbs:
        both = " and ".join(f'"{verb.text}:"' for verb in verbs)
        notes.add(place_of(verbs[1]), "two-verbs", f"a step has one verb, and this has {both}. Make two steps of it.")
        return
    first = item.entries[0].key if item.entries else None
    hint = did_you_mean(first.text, tuple(VERBS)) if first is not None else ""
    more = hint or f" A step begins with one of: {listed(tuple(VERBS))}."
    word = f'"{first.text}:" is no verb.' if first is not None else "this step is empty."
    notes.add(place_of(item), "no-verb", f"{word}{more}")
