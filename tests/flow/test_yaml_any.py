"""Whatever the text: nothing is raised, and what is found good reads as YAML reads it."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode

from bot.errors import Problem
from bot.flow.yaml import RULES, decode, read
from tests.flow.reading import REPORT, RESPOND, Plain, plain

ODD = st.text(alphabet="ab :-#\n\n\t\"'[]{}|>*&!?@%,\\.<é\u00a0“”\r\x00\ud800", max_size=120)


@given(ODD)
@settings(max_examples=150, deadline=None)
def test_no_text_raises(text: str) -> None:
    document = read(text, "f.yaml")
    assert document == read(text, "f.yaml")
    assert document.root is not None or document.problems
    assert all(problem.rule in RULES and problem.line >= 1 and problem.column >= 1 for problem in document.problems)


def as_yaml_reads(text: str) -> Plain | None:
    def build(node: YamlNode) -> Plain:
        if isinstance(node, MappingNode):
            return {str(key.value): build(value) for key, value in node.value}
        if isinstance(node, SequenceNode):
            return [build(item) for item in node.value]
        block = isinstance(node, ScalarNode) and node.style == "|"
        return str(node.value).rstrip("\n") if block else str(node.value)

    node = YAML(typ="safe", pure=True).compose(text)
    return None if node is None else build(node)


@given(st.randoms(use_true_random=False), st.sampled_from([REPORT, RESPOND]))
@settings(max_examples=40, deadline=None)
def test_what_is_found_good_reads_as_yaml_reads_it(chance: random.Random, good: str) -> None:
    text = list(good)
    for _ in range(chance.randint(1, 2)):
        index = chance.randrange(len(text))
        text[index] = chance.choice(["", " ", "\n", ":", '"', "[", "#", "-", "*", "é", text[index] * 2])
    document = read("".join(text), "f.yaml")
    if not document.problems:
        assert plain(document.root) == as_yaml_reads("".join(text))


@given(st.randoms(use_true_random=False), st.sampled_from([REPORT, RESPOND]))
@settings(max_examples=40, deadline=None)
def test_no_mutation_of_a_good_file_raises_or_is_left_to_yaml(chance: random.Random, good: str) -> None:
    text = list(good)
    for _ in range(chance.randint(1, 12)):
        index = chance.randrange(len(text))
        text[index] = chance.choice(
            ["", " ", "\n", "\t", ":", ": ", '"', "'", "[", "{", "#", "-", "*", text[index] * 2]
        )
    document = read("".join(text), "f.yaml")
    assert "yaml-syntax" not in {problem.rule for problem in document.problems}
    assert all(problem.line <= len(document.lines) for problem in document.problems)


@given(st.binary(max_size=60))
@settings(max_examples=50, deadline=None)
def test_no_bytes_raise(data: bytes) -> None:
    text = decode(data, "f.yaml")
    assert isinstance(text, Problem) or read(text, "f.yaml").file == "f.yaml"
