"""A message as a card. Pure and total: whatever message there is, Teams takes what comes out.

Rule 1. From above: how far we are, the text, what is told (facts), a hint, the answers; beneath a line the ways out,
        which are buttons like the others, so that *Emergency help* is always in sight.
Rule 2. An urgent tone and an answer from before are said in words, not in colour alone.
Rule 3. Beside the card goes a summary for notifications and lists of chats, which others may see: the first line of the
        bot's own text. What is told in facts is never in it, nor in what stands in the place of a card.
Rule 4. One of up to six short choices is a button each. Of more or longer ones one is chosen in a list, and sent.
Rule 5. A card has at most 28 KB. Where there is more, what was told is shortened first, and the card says so, and which
        button shows it whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.teams import choosing
from adapters.teams.actions import MOST_IN_A_ROW, button, rows
from adapters.teams.choosing import NameOf, choice_set, few, labelled, nameless
from adapters.teams.facts import fact_elements, shortens
from adapters.teams.room import FULL, Room, widest
from adapters.teams.texts import ALARM, SMALL, elements, plain_elements
from adapters.teams.wire import ACCOUNT, PERSON, PICKED, Act, Element, Pressed
from adapters.teams.words import words
from bot.core.events import Command
from bot.core.ids import Token
from bot.core.languages import phrases
from bot.core.messages import Asks, Choice, Message, Tone
from bot.core.texts import cut, escape
from bot.markdown import label, plain, read

VERSION = "1.5"
SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
LONGEST_SUMMARY = 120
LONGEST_BUTTON = 34
MOST_COMMANDS, MOST_TOLD = 12, 60
#: Paragraphs and characters of a line in a list.
MOST_IN_ROW, LONGEST_ROW = 3, 1000


@dataclass(frozen=True, slots=True)
class Rendered:
    """`summary` is plain text, for notifications and screen readers."""

    summary: str
    card: Element


def message(shown: Message, language: str, name_of: NameOf = nameless) -> Rendered:
    """What is posted."""
    made = widest(lambda room: message_elements(shown, language, room, name_of=name_of))
    summary = summary_of(shown, language)
    return Rendered(summary, card(made, language, summary))


def told(messages: Sequence[Message], language: str) -> Rendered:
    """Several messages as one, such as a list of cases."""
    made = widest(lambda room: told_elements(messages, language, room))
    summary = summary_of(messages[0], language) if messages else words(language).bistand
    return Rendered(summary, card(made, language, summary))


def card(made: Sequence[Element], language: str, summary: str) -> Element:
    """A card holds something, even where there is nothing to say."""
    return {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": VERSION,
        "lang": language,
        "fallbackText": summary,
        "msteams": {"width": "Full"},
        "body": list(made) or elements(words(language).bistand, FULL.text),
    }


def summary_of(shown: Message, language: str) -> str:
    """Rule 3."""
    lines = (plain(text).strip().partition("\n")[0] for text in (shown.text, shown.hint))
    return cut(next(filter(None, lines), words(language).bistand), LONGEST_SUMMARY)


def message_elements(
    shown: Message,
    language: str,
    room: Room = FULL,
    *,
    dialog: bool = False,
    number: int | None = None,
    name_of: NameOf = nameless,
) -> list[Element]:
    """What a message holds; `number` tells its inputs from those of others on the same card."""
    said = words(language)
    made: list[Element] = []
    at, of = shown.progress or (0, 0)
    if of > 1:
        made += elements(said.progress.format(number=at, of=of), room.text, SMALL)
    if shown.tone is Tone.URGENT:
        alarm = elements(said.waiting, room.text, {**ALARM, "style": "heading", "size": "default"})
        made.append({"type": "Container", "style": "attention", "items": alarm})
    made += elements(shown.text, room.text)
    made += _listed(shown, language, room)
    made += fact_elements(shown.facts, language, room, dialog=dialog)
    made += elements(_hint(shown, language, name_of), room.text, SMALL)
    made += _Answers(shown, language, room, dialog, number, name_of).elements()
    if shortens(shown.facts, room) or any(len(plain(text)) > room.text for text in (shown.text, shown.hint)):
        made += elements(_shortened(shown, language), FULL.text, SMALL)
    return [*made, *_ways_out(shown, room, dialog=dialog, line=bool(made))]


def told_elements(
    messages: Sequence[Message], language: str, room: Room = FULL, *, dialog: bool = False, first: int = 0
) -> list[Element]:
    """Several messages one beneath the other; `first` numbers on, where others stand on the same card."""
    made: list[Element] = []
    for number, shown in enumerate(messages[: min(MOST_TOLD, room.others)], first):
        row = _row(shown, room, dialog=dialog)
        some = [row] if row else message_elements(shown, language, room, dialog=dialog, number=number)
        made += [{**one, "separator": True} if made and not at else one for at, one in enumerate(some)]
    return made


def _row(shown: Message, room: Room, *, dialog: bool) -> Element | None:
    """A text with one button, as a line of a list: the button stands beside it, and says aloud what it opens."""
    bare = Message(shown.text, asks=Asks.ONE, choices=shown.choices, token=shown.token)
    if shown != bare or shown.token is None or len(shown.choices) != 1 or not 0 < len(read(shown.text)) <= MOST_IN_ROW:
        return None
    (choice,) = shown.choices
    aloud = f"{label(choice.label, room.label)}: {label(shown.text, room.label)}"
    pressed = Pressed(Act.CHOOSE, shown.token, (choice.id,))
    opens = button(choice.label, pressed, dialog=dialog, longest=min(room.label, 20), aloud=escape(aloud))
    return {
        "type": "ColumnSet",
        "columns": [
            {"type": "Column", "width": "stretch", "items": elements(shown.text, min(room.text, LONGEST_ROW))},
            {"type": "Column", "width": "auto", "items": rows([opens])},
        ],
    }


def _listed(shown: Message, language: str, room: Room) -> list[Element]:
    """Choices that nothing answers, and how many there is no room for."""
    offered = shown.choices[: room.others]
    made: list[Element] = []
    if shown.token is None:
        for choice in offered:
            made += plain_elements(f"• {label(choice.label, room.label)}", room.text, {"spacing": "small"})
    if len(shown.choices) > len(offered):
        more = words(language).and_more.format(count=len(shown.choices) - len(offered))
        made += elements(more, FULL.text, SMALL)
    return made


def _hint(shown: Message, language: str, name_of: NameOf) -> str:
    """How to answer, and what was answered before."""
    said = words(language)
    labels = {choice.id: choice.label for choice in shown.choices}
    named = {person: escape(name_of(person)) for person in shown.chosen if shown.asks is Asks.PERSON}
    before = [labels.get(one) or named.get(one, "") for one in shown.chosen]
    known = ", ".join(" ".join(one.split()) for one in before if one.strip())
    ticked = shown.asks is Asks.MANY and shown.token is not None
    lines = (
        shown.hint,
        said.chosen.format(options=known) if known and not ticked else "",
        said.write_here if shown.asks is Asks.WORDS else "",
    )
    return "\n\n".join(line for line in lines if line)


def _shortened(shown: Message, language: str) -> str:
    said = words(language)
    read = next((choice.label for choice in shown.commands if choice.id == Command.READ.value), "")
    return said.shortened_read.format(read=escape(label(read, LONGEST_BUTTON))) if read else said.shortened


@dataclass(frozen=True, slots=True)
class _Answers:
    """What can be answered to a message."""

    shown: Message
    language: str
    room: Room
    dialog: bool
    number: int | None
    name_of: NameOf

    def elements(self) -> list[Element]:
        shown, token = self.shown, self.shown.token
        first = [self._opens(shown.form.token)] if shown.form is not None else []
        if token is None:
            return rows(first)
        offered = shown.choices[: self.room.others]
        match shown.asks:
            case Asks.MANY if offered:
                return [self._list(offered, many=True), *rows([*first, self._send(token)])]
            case Asks.PERSON:
                again = self._buttons(token, [*self._picked(), *offered])
                return [self._people(), *rows([*first, self._send(token), *again])]
            case Asks.FILES:
                first.append(self._button(words(self.language).attach, Pressed(Act.FILES, token), main=not offered))
            case _:
                pass
        if self._stand_as_buttons(offered, len(first)):
            return rows([*first, *self._buttons(token, offered)])
        return [self._list(offered, many=False), *rows([*first, self._send(token)])]

    def _stand_as_buttons(self, offered: Sequence[Choice], besides: int) -> bool:
        """Rule 4."""
        short = all(len(plain(choice.label)) <= LONGEST_BUTTON for choice in offered)
        return not offered or (short and len(offered) + besides <= MOST_IN_A_ROW)

    def _list(self, offered: Sequence[Choice], *, many: bool) -> Element:
        said = words(self.language)
        head = labelled(self._name(PICKED), plain(said.pick_many if many else said.pick_one))
        if not many and self.number is None:
            head |= {"isRequired": True, "errorMessage": plain(said.pick_first)}
        return choice_set(head, offered, self.shown.chosen, many=many, longest=self.room.label, style="expanded")

    def _people(self) -> Element:
        said, among = words(self.language), self.shown.among or ()
        if few(among, self.name_of):
            head = labelled(self._name(PERSON), plain(said.pick_one))
            return choosing.people(head, self.shown.chosen, among, self.name_of)
        return choosing.search(labelled(self._name(ACCOUNT), plain(said.search)))

    def _picked(self) -> list[Choice]:
        """Who was picked before and is now looked up anew: one press keeps them."""
        if few(self.shown.among or (), self.name_of):
            return []
        others = {choice.id for choice in self.shown.choices}
        named = {person: self.name_of(person) for person in self.shown.chosen if person not in others}
        return [Choice(person, escape(name)) for person, name in named.items() if name]

    def _name(self, kind: str) -> str:
        return kind if self.number is None else f"{kind}:{self.number}"

    def _opens(self, token: Token) -> Element:
        return self._button(phrases(self.language).open_form, Pressed(Act.FORM, token), main=True)

    def _send(self, token: Token) -> Element:
        ids = () if self.number is None else (str(self.number),)
        return self._button(words(self.language).send, Pressed(Act.SEND, token, ids), main=True, takes_inputs=True)

    def _buttons(self, token: Token, offered: Sequence[Choice]) -> list[Element]:
        longest = self.room.label
        return [self._button(one.label, Pressed(Act.CHOOSE, token, (one.id,)), longest=longest) for one in offered]

    def _button(
        self,
        title: str,
        what: Pressed,
        *,
        main: bool = False,
        takes_inputs: bool = False,
        longest: int = LONGEST_BUTTON,
    ) -> Element:
        return button(title, what, dialog=self.dialog, main=main, takes_inputs=takes_inputs, longest=longest)


def _ways_out(shown: Message, room: Room, *, dialog: bool, line: bool) -> list[Element]:
    every = {choice.id: choice for choice in shown.commands}
    buttons = [
        button(
            choice.label,
            Pressed(Act.COMMAND, shown.token, (choice.id,)),
            dialog=dialog,
            longest=min(room.label, LONGEST_BUTTON),
        )
        for choice in list(every.values())[:MOST_COMMANDS]
    ]
    made = rows(buttons)
    return [{**one, "separator": True, "spacing": "medium"} if line and not at else one for at, one in enumerate(made)]
