"""A flow as a picture: boxes and lines from top to bottom, with numbers and words only.

Rule 1. Every step is one box, a row of its own, in the order of the file: nothing overlaps, and it fits a narrow panel.
Rule 2. Steps of a block stand to the right of their owner, hung on its stem as in a list of folders; the stem goes on
        to what comes behind. From the end of a block the way back runs along lanes at the right edge.
Rule 3. A task's `then:` leads nowhere: after it the talk goes on wherever it stood.
Rule 4. Words are the admin's, cut short, each placeholder as "…": nothing that people typed is in a picture.
Rule 5. The same flow is the same picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from bot.core.texts import shorten
from bot.flow.model import END, Flow
from bot.flow.picture_words import PictureWords, flat, words_of
from bot.steps import Ask, Branch, Call, Choose, Consent, Do, End, Form, If, Review, Say, Step, Task, Wait
from bot.steps.base import BaseStep
from bot.steps.branch import OTHERWISE, SKIPPED

#: In the picture's own units; one is a pixel on a screen where a letter is 12 high.
MARGIN, WIDTH, HEIGHT, GAP = 8, 328, 28, 12
INDENT, STEM, LANE = 22, 11, 8
#: More room above a box whose line has a word, and where the word's foot stands.
WORD, FOOT = 14, 8
#: How wide a letter of a word beside a line is, about, and two letters in a box, which has room at both sides.
LETTER, LETTER_PAIR, PADDING = 6, 13, 8
#: A box is never narrower, however deep it stands.
NARROWEST = 200
LONGEST_LABEL = 48


class Kind(StrEnum):
    SAY = "say"
    QUESTION = "question"
    FORM = "form"
    CONDITION = "condition"
    TASK = "task"
    DO = "do"
    REVIEW = "review"
    WAIT = "wait"
    CALL = "call"
    END = "end"


@dataclass(frozen=True, slots=True)
class Node:
    """A step: `key` is `flow.step` as talks name it, `line` its place in the file. `x` and `y` are the upper left."""

    key: str
    line: int
    x: int
    y: int
    w: int
    h: int
    kind: Kind
    label: str
    depth: int


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from step to step, `end` None for the end of the flow; `path` as SVG writes one.

    The foot of `label` begins at `label_x`, `label_y`.
    """

    start: str
    end: str | None
    path: str
    label: str = ""
    label_x: int = 0
    label_y: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """A way before it is drawn: step numbers, END for the end. `into` a block, or on to what comes behind."""

    start: int
    to: int
    label: str
    into: bool


def picture(flow: Flow, language: str) -> Picture:
    """The picture of a checked flow; its texts, and the few words between them, in `language`."""
    words = words_of(language)
    depths: list[int] = []
    ways: list[_Way] = []
    _gather(flow.steps, flow, words, 0, depths, ways, inside_task=False)
    said = {way.to for way in ways if way.label}
    right = MARGIN + max(WIDTH, max(depths, default=0) * INDENT + NARROWEST)
    nodes: list[Node] = []
    y = MARGIN
    for number, (step, depth) in enumerate(zip(flow.code, depths, strict=True)):
        y += WORD if number in said else 0
        x = MARGIN + depth * INDENT
        label = _cut(_label(step, flow, language, words), right - x)
        key = f"{flow.name}.{flow.key_of(step, number)}"
        nodes.append(Node(key, step.place.line, x, y, right - x, HEIGHT, _kind(step), label, depth))
        y += HEIGHT + GAP
    deepest = max(depths, default=0)
    last = y + (WORD if END in said else 0)
    edges = tuple(_edge(way, nodes, right, deepest, last) for way in ways)
    return Picture(right + deepest * LANE + MARGIN, last + MARGIN, tuple(nodes), edges)


def _cut(label: str, width: int) -> str:
    """As much of a label as a box of this width holds."""
    most = min(LONGEST_LABEL, (width - 2 * PADDING) * 2 // LETTER_PAIR)
    cut = shorten(label, most)
    return cut if cut == label else cut.rstrip(" .,:;…") + " …"


# --- which ways there are ------------------------------------------------------------------------------------------


def _gather(
    steps: tuple[BaseStep, ...],
    flow: Flow,
    words: PictureWords,
    depth: int,
    depths: list[int],
    ways: list[_Way],
    *,
    inside_task: bool,
) -> None:
    """Depth and ways of a block's steps, numbered as the flow numbers them."""
    for step in steps:
        number = len(depths)
        depths.append(depth)
        for name, block in step.blocks():
            if block:
                ways.append(_Way(number, len(depths), _block_word(step, name, words), into=True))
                inner = inside_task or isinstance(step, Task)
                _gather(block, flow, words, depth + 1, depths, ways, inside_task=inner)
        word = _word_behind(step, words)
        to = flow.after[number]
        if word is not None and not (inside_task and to == END):
            ways.append(_Way(number, to, word, into=False))


def _block_word(step: BaseStep, name: str, words: PictureWords) -> str:
    if isinstance(step, Branch):
        return _case_word(name, words)
    if isinstance(step, Task):
        return words.then
    return words.yes if name == "then" else words.otherwise


def _case_word(name: str, words: PictureWords) -> str:
    return shorten(name.replace(SKIPPED, words.skipped).replace(OTHERWISE, words.otherwise), LONGEST_LABEL)


def _word_behind(step: BaseStep, words: PictureWords) -> str | None:
    """What stands at the way to what comes behind a step; None where no way leads there."""
    match step:
        case End():
            return words.otherwise if step.when is not None else None
        case If():
            if not step.otherwise:
                return words.otherwise
            return "" if step.when is not None else None
        case Branch():
            empty = [case.name for case in step.cases if not case.steps]
            if empty:
                return _case_word(", ".join(empty), words)
            caught = any(option.word == OTHERWISE for case in step.cases for option in case.options)
            return None if caught and step.when is None else words.otherwise
        case _:
            return ""


# --- what stands in a box ------------------------------------------------------------------------------------------


def _kind(step: Step) -> Kind:
    match step:
        case Say():
            return Kind.SAY
        case Ask() | Choose() | Consent():
            return Kind.QUESTION
        case Form():
            return Kind.FORM
        case Review():
            return Kind.REVIEW
        case Task():
            return Kind.TASK
        case If() | Branch():
            return Kind.CONDITION
        case Call():
            return Kind.CALL
        case Wait():
            return Kind.WAIT
        case Do():
            return Kind.DO
        case End():
            return Kind.END
        case _:
            assert_never(step)


def _label(step: Step, flow: Flow, language: str, words: PictureWords) -> str:
    match step:
        case Say() | Ask() | Choose() | Consent() | Form() | Review() | Task() | End():
            return flat(flow.say(step.text, language), language)
        case If():
            return " ".join(step.test.source.split())
        case Branch():
            asked = flow.questions.get(step.on.word)
            return flat(flow.say(asked.text, language), language) if asked is not None else step.on.word
        case Call():
            return f"→ {step.flow.word}"
        case Wait():
            return words.wait.format(time=words.time(step.duration))
        case Do():
            return words.command(step)
        case _:
            assert_never(step)


# --- the lines -----------------------------------------------------------------------------------------------------


def _edge(way: _Way, nodes: list[Node], right: int, deepest: int, last: int) -> Edge:
    node = nodes[way.start]
    to = nodes[way.to] if way.to != END else None
    stem, top, depth = (to.x + STEM, to.y, to.depth) if to is not None else (MARGIN + STEM, last, 0)
    foot = (stem + FOOT // 2, top - FOOT)
    if way.into:
        path = f"M {node.x + STEM} {node.y + node.h} V {top + HEIGHT // 2} H {stem - STEM}"
        foot = (stem - STEM, top - FOOT // 2)
    elif depth == node.depth:
        path = f"M {stem} {node.y + node.h} V {top}"
    else:
        lane = right + (deepest - depth) * LANE
        path = f"M {right} {node.y + node.h // 2} H {lane} V {top - GAP // 2} H {stem} V {top}"
        # at its beginning: several may end in the same place
        foot = (max(node.x, right - len(way.label) * LETTER), node.y + node.h + FOOT + 2)
    x, y = foot if way.label else (0, 0)
    return Edge(node.key, to.key if to is not None else None, path, way.label, x, y)
