"""The first layer of the flow loader: the text of one YAML file as a tree of texts with their places."""

from bot.flow.yaml.read import MAX_BYTES, MAX_LINES, decode, read
from bot.flow.yaml.rules import RULES
from bot.steps.nodes import Document, Entry, Mapping, Node, Scalar, Sequence

__all__ = [
    "MAX_BYTES",
    "MAX_LINES",
    "RULES",
    "Document",
    "Entry",
    "Mapping",
    "Node",
    "Scalar",
    "Sequence",
    "decode",
    "read",
]
