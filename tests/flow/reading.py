"""What the first layer of the loader made of a text."""

from __future__ import annotations

from pathlib import Path

from bot.flow.yaml import Document, Mapping, Node, Scalar, Sequence, read

SAMPLES = Path(__file__).parent.parent / "samples"
REPORT = (SAMPLES / "report.yaml").read_text(encoding="utf-8")
RESPOND = (SAMPLES / "respond.yaml").read_text(encoding="utf-8")
Plain = str | list["Plain"] | dict[str, "Plain"]


def plain(node: Node | None) -> Plain | None:
    match node:
        case Scalar(text=text):
            return text
        case Sequence(items=items):
            return [plain(item) or "" for item in items]
        case Mapping(entries=entries):
            return {entry.key.text: plain(entry.value) or "" for entry in entries}
        case None:
            return None


def said(text: str) -> list[str]:
    return [str(problem) for problem in read(text, "f.yaml").problems]


def at(document: Document, *path: str | int) -> Node:
    node = document.root
    for step in path:
        if isinstance(step, int):
            assert isinstance(node, Sequence)
            node = node.items[step]
        else:
            assert isinstance(node, Mapping)
            node = node.get(step)
    assert node is not None
    return node


def text_at(document: Document, *path: str | int) -> Scalar:
    node = at(document, *path)
    assert isinstance(node, Scalar)
    return node
