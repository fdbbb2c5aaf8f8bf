"""The first layer of the loader: places that are true, all problems at once, and its bounds."""

from __future__ import annotations

import pytest

from bot.errors import Problem
from bot.flow.yaml import MAX_BYTES, MAX_LINES, RULES, Document, Mapping, Node, Scalar, Sequence, decode, read
from tests.flow.reading import REPORT, RESPOND, at, said, text_at


def test_the_samples_read_clean_and_every_place_is_true() -> None:
    for text, count in ((REPORT, 176), (RESPOND, 65)):
        document = read(text, "f.yaml")
        assert document.problems == ()
        assert places_are_true(document, text) == count


def places_are_true(document: Document, text: str) -> int:
    lines = text.split("\n")
    todo: list[Node] = [document.root] if document.root else []
    seen = 0
    while todo:
        match todo.pop():
            case Scalar() as found:
                for offset, char in enumerate(found.text):
                    if char != "\n":
                        line, column = found.place_at(offset)
                        assert lines[line - 1][column - 1] == char
                seen += 1
            case Sequence(items=items):
                todo.extend(items)
            case Mapping(entries=entries):
                todo.extend(entry.key for entry in entries)
                todo.extend(entry.value for entry in entries)
    return seen


def test_places_in_the_samples() -> None:
    report, respond = read(REPORT, "report.yaml"), read(RESPOND, "respond.yaml")
    assert text_at(report, "steps", 1, "if") == Scalar("danger is now", 28, 7)
    assert text_at(report, "steps", 1, "then", 0, "say") == Scalar("Call **{emergency.number}** now.", 30, 10)
    end = text_at(report, "steps", -1, "end")
    assert (end.line, end.column, end.quoted, end.place_at(0)[1]) == (98, 8, True, 9)
    who = at(report, "visible_to")
    assert isinstance(who, Sequence)
    assert who.flow_style
    assert who.items[1] == Scalar("hr", 11, 21)
    assert text_at(respond, "steps", 0, "record", 0, "options", "unsafe") == Scalar("Afraid", 34, 15)


def test_places_inside_texts_with_breaks_and_escapes() -> None:
    document = read("a:\n- b: |\n\n    cd\n    ef\n- \"x\\\"y\\u00e6z\"\n- 'it''s'\n", "f.yaml")
    block, double, single = (text_at(document, "a", 0, "b"), text_at(document, "a", 1), text_at(document, "a", 2))
    assert (block.text, block.block, block.line, block.column) == ("\ncd\nef", True, 2, 6)
    assert [block.place_at(block.text.index(char)) for char in "cdf"] == [(4, 5), (4, 6), (5, 6)]
    assert [double.place_at(double.text.index(char))[1] for char in 'x"yæz'] == [4, 5, 7, 8, 14]
    assert [single.place_at(single.text.index(char))[1] for char in "it's"] == [4, 5, 6, 8]
    assert single.place_at(2)[0] == 7


@pytest.mark.parametrize(
    "text",
    [
        "steps:\n- say: **We** are\n  id:x\n",
        "steps:\n- if: a\n  then:\n- say: One: two\n  how:\n  - three\n",
        "steps:\n- say: One\n   two three\n   four\n",
        "-say: @you\n- &x a: b\n  options: {c: d e, f: g}\n",
        "words: [one two,\n  three]\n",
    ],
)
def test_places_are_true_in_what_was_mended(text: str) -> None:
    assert places_are_true(read(text, "f.yaml"), text) > 1


def test_all_problems_at_once_and_in_order() -> None:
    broken = REPORT.replace("say: Call", "say: *Call").replace("means: accused\n", "means:\n")
    broken = broken.replace("  then:\n  - end: Nothing is sent.", "  then:\n- end: Nothing is sent:")
    broken = broken.replace("words: [help, harassed]", "words: [help, harass me]").replace("title:", "title")
    document = read(broken, "report.yaml")
    assert [(p.line, p.column, p.rule) for p in document.problems] == [
        (3, 6, "yaml-missing-colon"),
        (8, 17, "yaml-flow-text"),
        (30, 10, "yaml-starts-with"),
        (60, 3, "yaml-empty-value"),
        (71, 1, "yaml-indent-then"),
        (71, 23, "yaml-colon"),
    ]
    assert isinstance(document.root, Mapping)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("visible_to: [owner, hr", ("owner", "hr")),
        ("visible_to: [owner, hr,  # both", ("owner", "hr")),
        ("reads: [report", ("report",)),
        ("words: [help,", ("help",)),
    ],
)
def test_a_list_that_is_not_closed_is_closed(written: str, words: tuple[str, ...]) -> None:
    """One mistake is one message, and the list counts as it was surely meant."""
    name, _, _ = written.partition(":")
    document = read(f"{written}\nsteps:\n- say: Hello\n", "f.yaml")
    assert [(p.rule, p.column, p.message) for p in document.problems] == [
        ("yaml-syntax", len(name) + 3, f"the list is not closed. Write:  {name}: [{', '.join(words)}]")
    ]
    assert isinstance(document.root, Mapping)
    found = document.root.get(name)
    assert isinstance(found, Sequence)
    assert tuple(item.text for item in found.items if isinstance(item, Scalar)) == words


def test_bytes() -> None:
    assert decode("æ: å".encode(), "f.yaml") == "æ: å"
    assert str(decode(b"a: b\n\xc3\xa6: \xe5", "f.yaml")) == (
        "f.yaml:2:4: a letter here is not saved as UTF-8. Save the file as UTF-8."
    )
    assert str(decode("a".encode("utf-16"), "f.yaml")) == ("f.yaml:1:1: the file is saved as UTF-16. Save it as UTF-8.")
    assert isinstance(decode(b"a" * (MAX_BYTES + 1), "f.yaml"), Problem)


def test_bounds() -> None:
    large = "f.yaml:1:1: the file is larger than 512 kB. Split it into several flows."
    assert said("å" * (MAX_BYTES // 2 + 1)) == [large]
    assert said("\n" * MAX_LINES) == [
        "f.yaml:10001:1: the file has more than 10000 lines. Split it into several flows."
    ]
    assert said(f"a: {'b' * 6000}\n") == [
        'f.yaml:1:5001: the line is longer than 5000 characters. Write its text on several lines, under "|".'
    ]
    deep = read("\n".join(" " * level + "a:" for level in range(60)), "f.yaml")
    assert deep.root is None
    assert [p.rule for p in deep.problems] == ["yaml-too-deep"]


def test_every_rule_is_explained() -> None:
    assert all(name.startswith("yaml-") and text.endswith((".", '".')) for name, text in RULES.items())


def test_a_missing_value_says_so_and_a_mapping_gives_its_entries() -> None:
    root = read('a:\nb: ""\n', "f.yaml").root
    assert isinstance(root, Mapping)
    values = [entry.value for entry in root.entries]
    assert [isinstance(value, Scalar) and value.missing for value in values] == [True, False]
    assert root.get("c") is None
