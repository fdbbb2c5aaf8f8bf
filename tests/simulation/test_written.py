"""What a person does, as a line of a transcript: whatever is written is read again, to the letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulation.transcript import read_transcript
from bot.simulation.written import Closed, Filled, Pressed, Sent, Words, Written, flat, read, tidy, write

#: Letters of every kind, and the signs that mean something.
TEXTS = st.one_of(st.text(max_size=30), st.text(alphabet="[]{}()|\\n: 2filex\n", max_size=14))
LINES = TEXTS.map(tidy)
NAMES = TEXTS.map(flat).filter(bool)
FIELDS = st.lists(st.tuples(st.from_regex(r"[a-z_]+", fullmatch=True), LINES), max_size=3).map(tuple)
WRITTEN = st.one_of(
    LINES.map(Words),
    st.builds(Pressed, st.lists(NAMES, min_size=1, max_size=3).map(tuple), st.integers(1, 5)),
    st.builds(Filled, FIELDS, st.integers(1, 5)),
    st.builds(Closed, st.integers(1, 5)),
    st.builds(Sent, NAMES, st.lists(NAMES, max_size=2).map(tuple)),
)


@given(WRITTEN)
def test_what_is_written_is_read_again(done: Written) -> None:
    assert read(write(done)) == done
    (line,) = read_transcript(f"ana    > {write(done)}", "x.txt").lines
    assert (line.who, line.sign, read(line.text)) == ("ana", ">", done)


@given(TEXTS)
def test_whatever_stands_there_is_read(line: str) -> None:
    done = read(tidy(line))
    assert read(write(done)) in (done, read(write(read(write(done)))))


@pytest.mark.parametrize(
    ("done", "line"),
    [
        (Words("No, not now"), "No, not now"),
        (Words("[No]"), r"\[No]"),
        (Words("[sic] he said"), "[sic] he said"),
        (Words("{a: b}"), r"\{a: b}"),
        (Words("(file x.png)"), r"\(file x.png)"),
        (Words("one\n\n  two"), r"one\ntwo"),
        (Words(" "), "\\"),
        (Pressed(("No",)), "[No]"),
        (Pressed(("A", "B [c]")), r"[A] [B \[c\]]"),
        (Pressed(("Done",), 2), "[Done] 2"),
        (Filled((("story", "this | that"), ("kinds", "a, b"))), r"{story: this \| that | kinds: a, b}"),
        (Filled((), 2), "{} 2"),
        (Filled((("closed", ""),)), "{closed: }"),
        (Closed(), "{closed}"),
        (Sent("a b).png"), "(file a b).png)"),
        (Sent("page.png", ("text/html", "0 bytes")), "(file page.png | text/html | 0 bytes)"),
    ],
)
def test_the_line_reads_like_the_talk(done: Written, line: str) -> None:
    assert write(done) == line
