"""Values that YAML would not read as they are meant, each with its words."""

from __future__ import annotations

import pytest

from bot.flow.yaml import read
from tests.flow.reading import said, text_at

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
