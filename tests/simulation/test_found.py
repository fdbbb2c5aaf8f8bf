"""What is pressed, filled in and attached on any screen is found again by the line that tells it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.events import Command
from bot.core.files import FileRules, refused
from bot.core.ids import CaseId, Token
from bot.core.messages import Asks, Choice, Field, Form, Input, Message
from bot.simulation.found import NoSuchButton, file, fill, form, press, pressed, send, values
from bot.simulation.written import Filled, Pressed, Sent, read, write
from tests.simulation.test_names import people

EVERYBODY = people("Ana Holm", "Ana Berg", "Luis Berg", "Kim Dahl", "Kim Dahl")
LABELS = st.sampled_from(["Yes", "Yes!", "No", "No, but I would like help", "…", "[No]", "a | b", "2", "Open the form"])
IDS = st.sampled_from(["yes", "no", "a", "b", "1", "2"])
TEXTS = st.text(alphabet="ab [|]\\{}:,\n", max_size=12)


def token(number: int) -> Token:
    return Token(CaseId("case"), None, "step", number)


@st.composite
def screens(draw: st.DrawFn) -> list[Message]:
    made = []
    for number in range(draw(st.integers(1, 4))):
        ids = draw(st.lists(IDS, unique=True, max_size=4))
        choices = tuple(Choice(id_, draw(LABELS)) for id_ in ids)
        ways = (Choice("back", "Back"), Choice("emergency", "Emergency help"))[: draw(st.integers(0, 2))]
        asks = draw(st.sampled_from([Asks.ONE, Asks.MANY, Asks.PERSON]))
        made.append(Message("?", asks=asks, choices=choices, commands=ways, token=token(number)))
    return made


@given(screens(), st.data())
def test_what_is_pressed_is_found_again(screen: list[Message], data: st.DataObject) -> None:
    message = data.draw(st.sampled_from(screen))
    assert message.token is not None
    options: list[Command | tuple[str, ...]] = [Command(way.id) for way in message.commands]
    options += [(choice.id,) for choice in message.choices]
    if message.asks is Asks.PERSON:
        options += [(person.id,) for person in EVERYBODY]
    if message.choices:
        options.append(tuple(choice.id for choice in message.choices))
    if not options:
        return
    wanted = data.draw(st.sampled_from(options))
    written = press(screen, message.token, wanted, EVERYBODY)
    if written is None:  # two that nobody can tell apart
        assert len({choice.label.strip("!") for choice in message.choices}) < len(message.choices)
        return
    again = read(write(written))
    assert isinstance(again, Pressed)
    assert pressed(screen, again.labels, EVERYBODY, again.nth) == (message.token, wanted)


FIELDS = (
    Field("story", "Story", Input.PARAGRAPH, initial=("before",)),
    Field("one", "One", Input.ONE, options=(Choice("2", "A"), Choice("1", "B"), Choice("x", "2"))),
    Field("many", "Many", Input.MANY, options=(Choice("a", "A"), Choice("b", "B"), Choice("c", "C"))),
    Field("who", "Who", Input.PERSON),
)
PEOPLE_OR_NONE = st.sampled_from([(), *[(person.id,) for person in EVERYBODY]])


@given(
    TEXTS.map(lambda text: "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))),
    st.sampled_from([(), ("1",), ("2",), ("x",)]),
    st.lists(st.sampled_from("abc"), unique=True).map(tuple),
    PEOPLE_OR_NONE,
    st.integers(0, 2),
)
def test_what_is_filled_in_is_sent_again(
    story: str, one: tuple[str, ...], many: tuple[str, ...], who: tuple[str, ...], which: int
) -> None:
    forms = [Form(token(number), "Form", FIELDS, "Send") for number in range(3)]
    screen = [Message("Form", asks=Asks.FORM, token=each.token, form=each) for each in forms]
    given_ = {"story": (story,) if story else (), "one": one, "many": many, "who": who}
    written = fill(screen, token(which), given_, EVERYBODY)
    assert written is not None
    again = read(write(written))
    assert isinstance(again, Filled)
    found = form(screen, again.nth)
    assert found.token == token(which)
    sent = values(found, again.fields, EVERYBODY)
    assert {name: words for name, words in sent.items() if words} == {n: w for n, w in given_.items() if w}
    opened = press(screen, token(which), None, EVERYBODY)
    assert opened is not None
    assert pressed(screen, opened.labels, EVERYBODY, opened.nth) == (token(which), None)


@given(
    st.sampled_from(["a.png", "a.txt", "a", "tool.exe", "a | b).pdf", "MZ.txt", "x.webp", "clip.mp4", "v.m4a"]),
    st.sampled_from(["image/png", "text/plain", "video/mp4", "application/octet-stream", "application/pdf"]),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n1", b"MZ", b"hello", b"%PDF-1", b"\0\0\0\0ftypmp42", b"\0" * 2_000_000]),
)
def test_a_file_is_kept_or_refused_for_the_same_reason(name: str, kind: str, data: bytes) -> None:
    rules = FileRules(most=1_500_000, types=("image/png", "application/pdf", "text/plain", "video/mp4"))
    sent = read(write(send(name, kind, len(data), data[:16])))
    assert isinstance(sent, Sent)
    again, claimed, content = file(sent)
    assert again == name
    assert refused(rules, len(content), claimed, content[:16]) == refused(rules, len(data), kind, data[:16])


def test_a_file_that_is_what_its_name_says_is_only_named() -> None:
    assert send("a.png", "image/png", 2000, b"\x89PNG\r\n\x1a\n") == Sent("a.png")
    assert send("a.txt", "text/plain", 7, b"my text") == Sent("a.txt")
    assert send("a.png", "image/png", 6, b"<html>") == Sent("a.png", ("holds nothing known",))


def test_what_is_not_there_is_told() -> None:
    screen = [Message("?", asks=Asks.ONE, choices=(Choice("a", "A"),), token=token(1))]
    assert press(screen, token(2), ("a",), EVERYBODY) is None
    assert fill(screen, token(1), {}, EVERYBODY) is None
    with pytest.raises(NoSuchButton, match="no button"):
        pressed(screen, ("B",), EVERYBODY)
    with pytest.raises(NoSuchButton, match="2 times"):
        pressed(screen, ("A",), EVERYBODY, 2)
    with pytest.raises(NoSuchButton, match="no form"):
        form(screen)
    with pytest.raises(NoSuchButton, match="no field 'x'"):
        values(Form(token(1), "Form", FIELDS, "Send"), (("x", "1"),), EVERYBODY)
