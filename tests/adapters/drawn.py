"""Messages, forms and facts as hypothesis draws them: whatever the core could ever show, and the longest of it."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.core.ids import CaseId, SessionId, Token
from bot.core.messages import Asks, Choice, Fact, Field, FieldError, Form, Input, Message, TellsFile, Tone
from bot.core.texts import escape

SIGNS = st.sampled_from(
    ["*", "_", "~", "`", ":", ">", "<", "&", "<!channel>", "<@U1>", ":tada:", "https://evil.test/x"]
)
WORD = st.sampled_from(
    ["Anna", "skrev", "til", "mig", "æøå", "😀", "**bold**", "*em*", "[x](https://a.test)", "\n", "\n\n"]
)
TYPED = st.lists(st.one_of(SIGNS, WORD, st.text(max_size=6)), max_size=12).map(lambda some: escape(" ".join(some)))
BOTS = st.lists(WORD, max_size=12).map(" ".join)
LONG = st.tuples(st.sampled_from(["word ", "ord\n", "x", "\\*", "&"]), st.integers(1, 7000)).map(
    lambda drawn: drawn[0] * (drawn[1] // len(drawn[0]))
)
TEXTS = st.one_of(st.just(""), BOTS, TYPED, st.text(max_size=30), LONG)
NAMES = st.from_regex(r"[a-z0-9][a-z0-9_]{0,59}", fullmatch=True)
TOKENS = st.builds(
    Token,
    NAMES.map(CaseId),
    st.none() | NAMES.map(SessionId),
    st.tuples(NAMES, NAMES).map(".".join),
    st.integers(0, 10**6),
)
LABELS = st.one_of(st.just(""), BOTS, TYPED, st.integers(1, 300).map(lambda n: ("label " * n)[:n]))


def choices(most: int) -> st.SearchStrategy[tuple[Choice, ...]]:
    ids = st.one_of(NAMES, NAMES.map(lambda name: f"change:report.{name}"))
    return st.lists(st.builds(Choice, ids, LABELS, st.booleans()), max_size=most, unique_by=lambda c: c.id).map(tuple)


FILES = st.builds(TellsFile, NAMES.map(CaseId), NAMES, TYPED, st.integers(0, 10**9), st.just("image/png"))
FACTS = st.builds(Fact, LABELS, TEXTS, st.lists(FILES, max_size=2).map(tuple))
FACT_LISTS = st.one_of(st.lists(FACTS, max_size=6), st.tuples(FACTS, st.integers(0, 80)).map(lambda d: [d[0]] * d[1]))
INITIAL = st.one_of(
    NAMES,
    TEXTS,
    st.dates().map(str),
    st.datetimes().map(lambda moment: f"{moment.isoformat()}+01:00"),
    st.times().map(lambda at: at.isoformat("minutes")),
    st.integers().map(str),
)


@st.composite
def fields(draw: st.DrawFn) -> Field:
    options = draw(choices(30))
    known = [option.id for option in options] or ["none"]
    initial = draw(st.lists(st.one_of(INITIAL, st.sampled_from(known)), max_size=3))
    kind = draw(st.sampled_from(Input))
    return Field(draw(NAMES), draw(LABELS), kind, draw(st.booleans()), draw(TEXTS), options, tuple(initial))


FORMS = st.builds(
    Form, TOKENS, LABELS, st.lists(fields(), min_size=1, max_size=12, unique_by=lambda f: f.id).map(tuple), LABELS
)
ERRORS = st.lists(st.builds(FieldError, NAMES, TEXTS), min_size=1, max_size=4)


@st.composite
def messages(draw: st.DrawFn, most: int = 40) -> Message:
    offered = draw(choices(most))
    known = [choice.id for choice in offered] or ["p1"]
    return Message(
        draw(TEXTS),
        asks=draw(st.sampled_from(Asks)),
        facts=tuple(draw(FACT_LISTS)),
        choices=offered,
        commands=draw(choices(6)),
        token=draw(st.none() | TOKENS),
        form=draw(st.none() | FORMS),
        hint=draw(TEXTS),
        progress=draw(st.none() | st.tuples(st.integers(0, 99), st.integers(0, 99))),
        tone=draw(st.sampled_from(Tone)),
        chosen=tuple(draw(st.lists(st.sampled_from(known), max_size=3))),
        among=draw(st.none() | st.lists(NAMES, max_size=3, unique=True).map(tuple)),
    )


def named(person: str) -> str:
    return f"Name of *{person}*" * 6
