"""A flow written in a test, as a picture; and what makes a picture a good one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.flow.load import load_flow
from bot.flow.model import END, Flow
from bot.flow.picture import LONGEST_LABEL, Edge, Node, Picture, picture
from bot.steps import Task

HEAD = """bistand: 1
flow: small
title: A small one
audience: reporter
language: en
start:
  command: small
visible_to: [owner]
steps:
"""


def small(steps: str) -> Flow:
    flow, problems = load_flow(HEAD + steps, "small.yaml")
    assert flow is not None
    assert not problems, [str(problem) for problem in problems]
    return flow


def drawn(steps: str, language: str = "en") -> Picture:
    found = picture(small(steps), language)
    well_drawn(small(steps), found)
    return found


def ways(found: Picture) -> list[tuple[str, str | None, str]]:
    return [
        (edge.start.split(".")[1], edge.end.split(".")[1] if edge.end else None, edge.label) for edge in found.edges
    ]


def points(edge: Edge) -> list[tuple[int, int]]:
    """The corners of a line of M, H and V."""
    found: list[tuple[int, int]] = []
    parts = edge.path.split()
    while parts:
        letter = parts.pop(0)
        if letter == "M":
            found.append((int(parts.pop(0)), int(parts.pop(0))))
        else:
            to = int(parts.pop(0))
            found.append((to, found[-1][1]) if letter == "H" else (found[-1][0], to))
    return found


def pieces(edge: Edge) -> Iterator[tuple[int, int, int, int]]:
    for (x, y), (to_x, to_y) in pairwise(points(edge)):
        yield min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)


def inside(piece: tuple[int, int, int, int], node: Node) -> bool:
    """Whether a piece of a line runs through a box, and not only along or up to its rim."""
    left, top, right, bottom = piece
    return left < node.x + node.w and right > node.x and top < node.y + node.h and bottom > node.y


def on_rim(point: tuple[int, int], node: Node) -> bool:
    x, y = point
    return node.x <= x <= node.x + node.w and node.y <= y <= node.y + node.h


def well_drawn(flow: Flow, found: Picture) -> None:
    assert [node.key for node in found.nodes] == [f"{flow.name}.{flow.key_of(s, n)}" for n, s in enumerate(flow.code)]
    assert len({node.key for node in found.nodes}) == len(found.nodes)
    assert [node.line for node in found.nodes] == [step.place.line for step in flow.code]
    for above, below in pairwise(found.nodes):
        assert above.y + above.h < below.y
    for node in found.nodes:
        assert 0 < node.x < node.x + node.w < found.width
        assert 0 < node.y < node.y + node.h < found.height
        assert node.w >= 200
        assert len(node.label) <= LONGEST_LABEL + 2
        assert "\n" not in node.label
        assert node.label
        assert not re.search(r"\{[a-z]", node.label)
    by_key = {node.key: node for node in found.nodes}
    for edge in found.edges:
        corners = points(edge)
        assert on_rim(corners[0], by_key[edge.start])
        assert edge.end is None or on_rim(corners[-1], by_key[edge.end])
        assert all(0 <= x <= found.width and 0 <= y <= found.height for x, y in corners)
        assert [n.key for piece in pieces(edge) for n in found.nodes if inside(piece, n)] == [], edge
        assert not edge.label or 0 < edge.label_x < found.width
    every_way(flow, found)


def every_way(flow: Flow, found: Picture) -> None:
    """Each step is led to; each way that a talk can take is a line."""
    keys = [node.key for node in found.nodes]
    lines = {(edge.start, edge.end) for edge in found.edges}
    assert len(lines) == len(found.edges)
    tails = {number for (number, _), _ in flow.first.items() if isinstance(flow.code[number], Task)}
    for (number, _), first in flow.first.items():
        assert (keys[number], keys[first]) in lines
    allowed: set[tuple[str, str | None]] = {(keys[n], keys[first]) for (n, _), first in flow.first.items()}
    allowed |= {(keys[n], keys[after] if after != END else None) for n, after in enumerate(flow.after)}
    assert lines <= allowed
    if not tails:
        reached = {keys[0]} | {to for _, to in lines if to is not None}
        assert reached >= {key for key in keys if not behind_an_end(flow, key)}


def behind_an_end(flow: Flow, key: str) -> bool:
    """Whether nothing but a last word stands before a step."""
    number = flow.number[key.split(".", 1)[1]]
    before = [n for n, after in enumerate(flow.after) if after == number]
    return bool(before) and all(flow.code[n].VERB in ("end", "if", "branch") for n in before)
