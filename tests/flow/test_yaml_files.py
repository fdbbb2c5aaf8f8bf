"""Files with every trap of YAML, each with its words and what is read all the same."""

from __future__ import annotations

import pytest

from bot.flow.yaml import read
from tests.flow.reading import Plain, plain

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
