"""The first layer of the loader: every trap of YAML with its place and its words, and places that are true."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.nodes import Node as YamlNode

from bot.errors import Problem
from bot.flow.yaml import MAX_BYTES, MAX_LINES, RULES, Document, Mapping, Node, Scalar, Sequence, decode, read

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


# Values after "steps:\n- say: " (line 2, column 8): the problem, and the text that is read all the same.
VALUES = [
    ("**We** take", '8: a text cannot begin with * in YAML. Write:  - say: "**We** take"', "**We** take"),
    ("{a.b} is open", '8: a text cannot begin with { in YAML. Write:  - say: "{a.b} is open"', "{a.b} is open"),
    ("{a.b}", '8: a text cannot begin with { in YAML. Write:  - say: "{a.b}"', "{a.b}"),
    ("[Read](http://x.y) it", '8: a text cannot begin with [ in YAML. Write:  - say: "[Read](http://x.y) it"', None),
    ('"No" is fine', '8: a text cannot begin with " in YAML. Write:  - say: \'"No" is fine\'', '"No" is fine'),
    ('"No" isn\'t', '8: a text cannot begin with " in YAML. Write:  - say: "\\"No\\" isn\'t"', '"No" isn\'t'),
    ("'Tis fine", "8: a text cannot begin with ' in YAML. Write:  - say: \"'Tis fine\"", "'Tis fine"),
    ("> so", '8: a text cannot begin with > in YAML. Write:  - say: "> so"', "> so"),
    ("| so", '8: a text cannot begin with | in YAML. Write:  - say: "| so"', "| so"),
    ("@you", '8: a text cannot begin with @ in YAML. Write:  - say: "@you"', "@you"),
    ("`code`", '8: a text cannot begin with ` in YAML. Write:  - say: "`code`"', "`code`"),
    ("% of all", '8: a text cannot begin with % in YAML. Write:  - say: "% of all"', "% of all"),
    ("& more", '8: a text cannot begin with & in YAML. Write:  - say: "& more"', "& more"),
    ("! now", '8: a text cannot begin with ! in YAML. Write:  - say: "! now"', "! now"),
    (", now", '8: a text cannot begin with , in YAML. Write:  - say: ", now"', ", now"),
    ("- one", '8: a text cannot begin with - in YAML. Write:  - say: "- one"', "- one"),
    ("? one", '8: a text cannot begin with ? in YAML. Write:  - say: "? one"', "? one"),
    ("#1 first", '8: a text cannot begin with # in YAML. Write:  - say: "#1 first"', "#1 first"),
    ("@you  # why", '8: a text cannot begin with @ in YAML. Write:  - say: "@you"', "@you"),
    ("Be: well", '10: ": " inside a text needs quotes. Write:  - say: "Be: well"', "Be: well"),
    ("One of:", '14: a text that ends with ":" needs quotes. Write:  - say: "One of:"', "One of:"),
    (
        "Call line #1",
        '18: everything after " #" would be lost (a comment to YAML). Put the text in quotes.',
        "Call line #1",
    ),
    (
        "Room #4  # really",
        '13: everything after " #" would be lost (a comment to YAML). Put the text in quotes.',
        "Room #4",
    ),
    ('"Hello', '8: the text that begins with " does not end with it. Write:  - say: "Hello"', "Hello"),
    (
        '"C:\\path"',
        "11: \\p between double quotes is a code that YAML does not know. Write:  - say: 'C:\\path'",
        "C:\\path",
    ),
    ('"a\\u0007b"', "10: a character stands here that cannot be seen (U+0007). Delete it.", "a\x07b"),
    ("*mark", '8: "*mark" is an alias to YAML, which flows do not have. Write the value itself here.', "*mark"),
    (
        "&mark Hi",
        (
            '8: "&mark" is an anchor to YAML, which flows do not have. Write:  - say: Hi  '
            'or, if it is text:  - say: "&mark Hi"'
        ),
        "Hi",
    ),
    (
        "!tag Hi",
        '8: "!tag" is a tag to YAML, which flows do not have. Write:  - say: Hi  or, if it is text:  - say: "!tag Hi"',
        "Hi",
    ),
    ("", '3: there is nothing after "say:". Write its value, or remove the line.', ""),
    ("[]", "8: there is nothing between [ and ].", ""),
    ("{}", "8: there is nothing between { and }.", ""),
    ("|", '8: there is no text below "|".', ""),
]


@pytest.mark.parametrize(("value", "message", "text"), VALUES)
def test_a_value_that_yaml_would_not_read_as_meant(value: str, message: str, text: str | None) -> None:
    document = read(f"steps:\n- say: {value}\n", "f.yaml")
    assert [str(problem) for problem in document.problems] == [f"f.yaml:2:{message}"]
    found = text_at(document, "steps", 0, "say")
    assert found.text == (value if text is None else text)


@pytest.mark.parametrize("message", sorted({message for _, message, _ in VALUES if "Write:  " in message}))
def test_the_line_that_is_shown_is_right(message: str) -> None:
    line = message.split("Write:  ")[1].split("  or, if", maxsplit=1)[0]
    assert said(f"steps:\n{line}\n") == []


# Whole files: every problem in order, and what is read all the same (None: not looked at).
FILES: list[tuple[str, list[str], Plain | None]] = [
    (
        "steps:\n- if: a\n  then:\n- say: b\n  id: c\n",
        ['4:1: this step belongs under "then:" (line 3) and must begin 2 spaces in.'],
        {"steps": [{"if": "a", "then": [{"say": "b", "id": "c"}]}]},
    ),
    (
        "steps:\n- if: a\n  then:\n- say: b\n  else:\n  - say: c\n- say: d\n",
        ['4:1: this step belongs under "then:" (line 3) and must begin 2 spaces in.'],
        {"steps": [{"if": "a", "then": [{"say": "b"}], "else": [{"say": "c"}]}, {"say": "d"}]},
    ),
    (
        "steps:\n- if: a\n  then:\n - say: b\n - say: c\n",
        [
            '4:2: this step belongs under "then:" (line 3) and must begin 2 spaces in.',
            '5:2: this step belongs under "then:" (line 3) and must begin 2 spaces in.',
        ],
        {"steps": [{"if": "a", "then": [{"say": "b"}, {"say": "c"}]}]},
    ),
    (
        "steps:\n- branch: a\n  cases:\n    b:\n  - say: c\n    d: nothing\n",
        ['5:3: this step belongs under "b:" (line 4) and must begin 4 spaces in.'],
        None,
    ),
    (
        "steps:\n- ask: a\n  hint:\n- say: b\n",
        ['3:3: there is nothing after "hint:". Write its value, or remove the line.'],
        {"steps": [{"ask": "a", "hint": ""}, {"say": "b"}]},
    ),
    (
        "steps:\n- choose: a\n  options:\n  b: c\n",
        ['3:3: there is nothing under "options:". What belongs there must begin 4 spaces in.'],
        None,
    ),
    (
        "how:\n- a\n-\n- b\n",
        ['3:1: there is nothing after "-". Write the text, or remove the line.'],
        {"how": ["a", "", "b"]},
    ),
    (
        "\tid: a\n",
        ["1:1: a tab cannot indent a line in YAML. Begin the line at the very left:  id: a"],
        {"id": "a"},
    ),
    (
        "steps:\n- say: a\n\tid: b\n",
        ["3:1: a tab cannot indent a line in YAML. Begin the line 2 spaces in:  id: b"],
        {"steps": [{"say": "a", "id": "b"}]},
    ),
    (
        "steps:\n- say: a\n\u00a0 id: b\n",
        [
            (
                "3:1: a space that is not a plain one (U+00A0) cannot indent a line in YAML. "
                "Begin the line 2 spaces in:  id: b"
            )
        ],
        {"steps": [{"say": "a", "id": "b"}]},
    ),
    (
        "id: a\nb: c\nid: d\n",
        ['3:1: "id:" stands here already on line 1. Keep one of the two.'],
        {"id": "a", "b": "c"},
    ),
    (
        "a: &x\n  b: c\n<<: *x\n",
        [
            '1:4: "&x" is an anchor to YAML, which flows do not have. Write:  a:',
            '3:1: "<<" copies another part of the file, which flows do not have. Write out what belongs here.',
        ],
        {"a": {"b": "c"}},
    ),
    (
        "steps:\n- &x say: a\n  id: b\n",
        ['2:3: "&x" is an anchor to YAML, which flows do not have. Write:  - say: a'],
        {"steps": [{"say": "a", "id": "b"}]},
    ),
    (
        "steps:\n- say: One\n    two, three\n  five six\n  id: b\n",
        ['2:8: several lines of text need "|". Write:  - say: |  and the text below it, each line 4 spaces in.'],
        {"steps": [{"say": "One\ntwo, three\nfive six", "id": "b"}]},
    ),
    (
        'steps:\n- say: "One\n    id: two"\n  id: b\n',
        ['2:8: several lines of text need "|". Write:  - say: |  and the text below it, each line 4 spaces in.'],
        {"steps": [{"say": "One\nid: two", "id": "b"}]},
    ),
    (
        "say:\n  one two\n  three four\n",
        ['2:3: several lines of text need "|". Write:  say: |  and the text below it, each line 2 spaces in.'],
        {"say": "one two\nthree four"},
    ),
    (
        "steps:\n- say: >\n    One\n    two\n",
        ['2:8: ">" would join the lines of the text. Write:  - say: |'],
        {"steps": [{"say": "One\ntwo"}]},
    ),
    ("say: |2\n  One\n", ['1:6: a number after "|" cannot be used here. Write:  say: |'], {"say": "One"}),
    (
        "steps:\n- say: |\n    One\n   two: three\n\tfour\n",
        [
            '4:4: this line belongs to the text under "|" and must begin 4 spaces in.',
            "5:1: a tab cannot indent a line in YAML. Begin the line 4 spaces in:  four",
        ],
        None,
    ),
    (
        "steps:\n- say: |\n  One\n  two\n  id: a\n",
        ['3:3: the text under "|" must begin 4 spaces in.'],
        {"steps": [{"say": "One\ntwo", "id": "a"}]},
    ),
    (
        "words: [help, call me, x]\n",
        ["1:15: only single words may stand in [ ]. Write each on a line of its own:  - help  - call me  - x"],
        {"words": ["help", "call me", "x"]},
    ),
    ("words: [a, , b]\n", ["1:8: there is nothing beside a comma. Write:  [a, b]"], {"words": ["a", "b"]}),
    ("words: [a,\n  b]\n", ["1:8: [ ] must stand on one line. Write:  words: [a, b]"], {"words": ["a", "b"]}),
    (
        "options: {now: Yes, no: No: never}\n",
        ['1:10: { } cannot hold values here. Write each on a line of its own:  now: Yes  no: "No: never"'],
        {"options": {"now": "Yes", "no": "No: never"}},
    ),
    (
        "options: {\n  now: Yes,\n  no: No\n}\nid: a\n",
        ["1:10: { } cannot hold values here. Write each on a line of its own:  now: Yes  no: No"],
        {"options": {"now": "Yes", "no": "No"}, "id": "a"},
    ),
    (
        "how:\n- a\n - b: c\n",
        [
            '3:2: this line belongs under "how:" (line 1) and must begin at the very left.',
            '3:5: ": " inside a text needs quotes. Write:  - "b: c"',
        ],
        {"how": ["a", "b: c"]},
    ),
    ("a: b\n c: d\n", ["2:2: this line must begin at the very left."], {"a": "b", "c": "d"}),
    (
        "words: [a,\n\n  b] c]\n",
        ['1:8: a text cannot begin with [ in YAML. Write:  words: "[a, b] c]"'],
        {"words": "[a, b] c]"},
    ),
    (
        "say: {a\n  b}\nid: c\n",
        ['1:6: a text cannot begin with { in YAML. Write:  say: "{a b}"'],
        {"say": "{a b}", "id": "c"},
    ),
    (
        "say: 'a\n  b' c\n",
        ['1:6: several lines of text need "|". Write:  say: |  and the text below it, each line 2 spaces in.'],
        {"say": "'a\nb' c"},
    ),
    (
        'say: "a\nid: c\n',
        ['1:6: the text that begins with " does not end with it. Write:  say: "a"'],
        {"say": "a", "id": "c"},
    ),
    (
        "say: {{a\n  b}\nid: c\n",
        ['1:6: a text cannot begin with { in YAML. Write:  say: "{{a b}"'],
        {"say": "{{a b}", "id": "c"},
    ),
    ("%YAML 1.2\n", ['1:1: a line that begins with "%" cannot be used. Remove it.'], None),
    ("say:Hello\n", ['1:5: a space is missing after "say:". Write:  say: Hello'], {"say": "Hello"}),
    ("steps:\n-say: a\n", ['2:1: a space is missing after "-". Write:  - say: a'], {"steps": [{"say": "a"}]}),
    (
        "steps:\n- say Hello\n  id: a\n",
        ['2:6: ":" is missing after "say". Write:  - say: Hello'],
        {"steps": [{"say": "Hello", "id": "a"}]},
    ),
    (
        "steps:\n- if: a\n  then\n  - say: b\n",
        ['3:7: ":" is missing after "then". Write:  then:'],
        {"steps": [{"if": "a", "then": [{"say": "b"}]}]},
    ),
    (
        "steps:\n- ask: a\n  required true\n",
        ['3:11: ":" is missing after "required". Write:  required: true'],
        {"steps": [{"ask": "a", "required": "true"}]},
    ),
    ("“a”: b\n", ['1:1: “ and ” are not quotes to YAML. Write:  "a": b'], {"a": "b"}),
    ("@a: b\n", ['1:1: a name cannot begin with @ in YAML. Write:  "@a": b'], {"@a": "b"}),
    (
        "how:\n- Remember: breathe\n- See http://a.b\n",
        ['2:11: ": " inside a text needs quotes. Write:  - "Remember: breathe"'],
        {"how": ["Remember: breathe", "See http://a.b"]},
    ),
    (
        "steps:\n- if: a\n  then: - say: b\n",
        ['3:9: a list begins on the line below its name. Write below "then:":  - say: b'],
        None,
    ),
    (
        "steps:\n- say: a\n   id: b\n- say: c\n  - say: d\n",
        [
            "3:4: this line belongs to the step on line 2 and must begin 2 spaces in.",
            '5:3: this step belongs under "steps:" (line 1) and must begin at the very left.',
        ],
        {"steps": [{"say": "a", "id": "b"}, {"say": "c"}, {"say": "d"}]},
    ),
    (
        "steps:\n- choose: a\n   options:\n     b: c\n     d: e\n  id: f\n",
        ["3:4: this line belongs to the step on line 2 and must begin 2 spaces in."],
        {"steps": [{"choose": "a", "options": {"b": "c", "d": "e"}, "id": "f"}]},
    ),
    (
        "a: b\n- c: d\n  e: f\ng: h\n",
        ["2:1: there is no list here that this step belongs to. See where the lines above it begin."],
        {"a": "b", "g": "h"},
    ),
    (
        "- a\nb: c\n",
        ["2:1: this line does not belong to the list. See where the lines above it begin."],
        ["a"],
    ),
    (
        "a: [b]\n: c\n",
        ['2:1: this line has no name. Begin it with a name and ":", or with a dash in a list.'],
        {"a": ["b"]},
    ),
    ("  a: b\n  c: d\n", ["1:3: the first line must begin at the very left."], None),
    ("%YAML 1.1\n---\na: b\n", ['1:1: a line that begins with "%" cannot be used. Remove it.'], {"a": "b"}),
    (
        "a: b\n---\nc: d\n",
        ['2:1: "---" would end the flow here. One file holds one flow: remove the line.'],
        {"a": "b"},
    ),
    ("--- a\nb: c\n", ['1:1: "---" must stand alone on its line.'], {"b": "c"}),
    ("a: b\x00c\n", ["1:5: a character stands here that cannot be seen (U+0000). Delete it."], {"a": "b c"}),
    (
        f'a: b\n"{"c" * 1100}": d\n',
        ["2:1103: YAML cannot read this. Look for a quote or a bracket that is missing, here or on the lines before."],
        None,
    ),
    ("", ["1:1: the file is empty."], None),
    ("# only a comment\n", ["1:1: the file is empty."], None),
]


@pytest.mark.parametrize(("text", "messages", "tree"), FILES)
def test_a_file_with_mistakes(text: str, messages: list[str], tree: Plain | None) -> None:
    document = read(text, "f.yaml")
    assert [str(problem) for problem in document.problems] == [f"f.yaml:{message}" for message in messages]
    if tree is not None:
        assert plain(document.root) == tree


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("a: no\nb: 112\nc: +45\nd: ~\ne: 1e3\nf: yes\ng: null\nh: 0x1F\ni: 2024-01-01\nno: 1:30\n", None),
        (
            'a: b  # why\nc: [d, e] # why\nf: "g # h" # why\n# all of it\ni: j#k\n',
            {"a": "b", "c": ["d", "e"], "f": "g # h", "i": "j#k"},
        ),
        ("a:  # why\n  b: c\nd: # why\n- e\n", {"a": {"b": "c"}, "d": ["e"]}),
        ("---\r\na: b\r\n...\r\n", {"a": "b"}),
        ("\ufeffa: b\n", {"a": "b"}),
        ("a:\n- b: |\n    c # d\n\n    e: *f\n      g\n- h\n", {"a": [{"b": "c # d\n\ne: *f\n  g"}, "h"]}),
        ("a:\n    - b:\tc\n      d: |-\n          e\n", {"a": [{"b": "c", "d": "e"}]}),
        ("a, b: c\n'd': “e”\n\"f\": it's\n", {"a, b": "c", "d": "“e”", "f": "it's"}),
        ("-\n  a: b\n- c\n", [{"a": "b"}, "c"]),
        ("a: b\tc\nd: [e,\tf]\ng: 'h\ti'\n", {"a": "b\tc", "d": ["e", "f"], "g": "h\ti"}),
        ("a:\n  one line below\n", {"a": "one line below"}),
        ('a: "x\\"y\\u00e6"\nb: \'it\'\'s\'\nc: ""\n', {"a": 'x"yæ', "b": "it's", "c": ""}),
        ("a: ['112', \"no\"]\n", {"a": ["112", "no"]}),
    ],
)
def test_what_is_right_reads_as_text_without_a_word(text: str, tree: Plain | None) -> None:
    document = read(text, "f.yaml")
    assert document.problems == ()
    wanted = tree or dict(line.split(": ") for line in text.splitlines())
    assert plain(document.root) == wanted


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


def test_every_rule_is_explained() -> None:
    assert all(name.startswith("yaml-") and text.endswith((".", '".')) for name, text in RULES.items())


def test_a_missing_value_says_so_and_a_mapping_gives_its_entries() -> None:
    root = read('a:\nb: ""\n', "f.yaml").root
    assert isinstance(root, Mapping)
    values = [entry.value for entry in root.entries]
    assert [isinstance(value, Scalar) and value.missing for value in values] == [True, False]
    assert root.get("c") is None
