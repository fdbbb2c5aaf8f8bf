"""A message as blocks. Pure and total: whatever message there is, Slack takes what comes out.

Rule 1. From above: how far we are, the text, what is told (facts), a hint, the answers; beneath a line the ways out,
        which are buttons like the others, so that *Emergency help* is always in sight.
Rule 2. An urgent tone and an answer from before are said in words.
Rule 3. Beside the blocks goes a plain text, for notifications and screen readers: the bot's own words and the hint.
        What is told in facts is never in it, since it shows on locked screens.
Rule 4. All texts of a message have at most 10,000 characters in all, since Slack refuses more at about 13,200, and a
        message has at most 50 blocks. Where there is more, what was told is shortened first, and the message says so;
        it is read whole in a view (*Read*, *Open form*).
Rule 5. Slack shows some 30 characters of a button on a phone. Where a choice is longer than 40, all choices stand
        above their buttons, too; but not beneath facts, which such buttons name again, as in a review.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from adapters.slack import blocks
from adapters.slack.blocks import NameOf
from adapters.slack.facts import fact_blocks
from adapters.slack.room import FULL, Room, fits_message, widest
from adapters.slack.texts import LONGEST_TEXT, Block, escaped, plain_text, texts
from adapters.slack.wire import Act, pack
from adapters.slack.words import words
from bot.core.ids import Token
from bot.core.languages import phrases
from bot.core.messages import Asks, Choice, Message, Tone
from bot.core.texts import cut, escape, parts
from bot.markdown import label, plain

MOST_CHOICES, MOST_COMMANDS = 200, 20
SHOWN_OF_A_BUTTON, SHORT_LABEL = 40, 20


@dataclass(frozen=True, slots=True)
class Rendered:
    """`text` is mrkdwn without any markup, for notifications and screen readers."""

    text: str
    blocks: tuple[Block, ...]


def nameless(_person: str) -> str:
    return ""


def message(shown: Message, language: str, name_of: NameOf = nameless) -> Rendered:
    """What is posted."""

    def make(room: Room) -> list[Block]:
        made = message_blocks(shown, language, room, name_of=name_of)
        return made or [blocks.section(plain_text(words(language).bistand))]

    return Rendered(notice(shown, language), tuple(widest(make, fits_message)))


def told(messages: Sequence[Message], language: str) -> Rendered:
    """Several messages as one, such as a list of cases."""
    made = widest(lambda room: told_blocks(messages, language, room), fits_message)
    text = notice(messages[0], language) if messages else plain(words(language).bistand)
    return Rendered(text, tuple(made or [blocks.section(text)]))


def notice(shown: Message, language: str) -> str:
    """Rule 3."""
    said = words(language)
    told = plain(shown.text) or plain(shown.hint) or plain(said.bistand)
    more = [plain(shown.hint)] if shown.hint and shown.text else []
    more += [plain(said.details)] if shown.facts else []
    short = parts(escaped(cut("\n\n".join((told, *more)), LONGEST_TEXT)), LONGEST_TEXT)
    return short[0]


def message_blocks(
    shown: Message, language: str, room: Room = FULL, *, first_file: int = 0, name_of: NameOf = nameless
) -> list[Block]:
    """The blocks of a message that may stand among others."""
    said = words(language)
    made: list[Block] = []
    number, of = shown.progress or (0, 0)
    if of > 1:
        made += blocks.context(said.progress.format(number=number, of=of), room.text)
    if shown.tone is Tone.URGENT:
        made += blocks.sections(f"**{said.waiting}**", room.text)
    made += blocks.sections(shown.text, room.text)
    made += _listed(shown, language, room)
    made += fact_blocks(shown.facts, language, room, first_file)
    made += blocks.context(_hint(shown, language), room.text)
    answers = _answers(shown, language, room, name_of)
    made += answers
    if _shortens(shown, room):
        made += blocks.context(said.shortened, room.text)
    ways = _ways_out(shown, room)
    return [*made, *([blocks.divider()] if answers and ways else []), *ways]


def told_blocks(messages: Sequence[Message], language: str, room: Room = FULL) -> list[Block]:
    """Several messages one beneath the other."""
    made: list[Block] = []
    files = 0
    for shown in messages:
        row = _row(shown, room)
        made += [blocks.divider()] if made and row is None else []
        made += [row] if row is not None else message_blocks(shown, language, room, first_file=files)
        files += sum(len(fact.files) for fact in shown.facts)
    return made


def _row(shown: Message, room: Room) -> Block | None:
    """A text with one button, as a line of a list: the button stands beside it, and says aloud what it opens."""
    match shown:
        case Message(asks=Asks.ONE, choices=(choice,), token=Token() as token):
            more = shown.facts or shown.commands or shown.hint or shown.form or shown.progress or shown.chosen
            found = texts(shown.text, room.text)
            if more or len(found) != 1 or shown.tone is Tone.URGENT or len(plain(choice.label)) > SHORT_LABEL:
                return None
            aloud = cut(f"{plain(choice.label)}: {plain(shown.text)}", blocks.LONGEST_LABEL)
            pressed = blocks.button(choice.label, Act.CHOOSE.of(0), pack(token, choice.id))
            return {**blocks.section(found[0]), "accessory": {**pressed, "accessibility_label": aloud}}
        case _:
            return None


def _shortens(shown: Message, room: Room) -> bool:
    told = any(len(plain(fact.value)) > room.fact for fact in shown.facts)
    return told or any(len(plain(text)) > room.text for text in (shown.text, shown.hint))


def _offered(shown: Message) -> Sequence[Choice]:
    return shown.choices[:MOST_CHOICES]


def _listed(shown: Message, language: str, room: Room) -> list[Block]:
    """Rule 5; and choices that nothing answers."""
    labels = [plain(choice.label) for choice in _offered(shown)]
    pressed = shown.asks is not Asks.MANY and not shown.facts
    long = pressed and any(len(text) > SHOWN_OF_A_BUTTON for text in labels)
    listed = [escape(label(text, 3 * room.label)) for text in map(escape, labels)] if long or not shown.token else []
    if len(shown.choices) > MOST_CHOICES:
        listed.append(words(language).and_more.format(count=len(shown.choices) - MOST_CHOICES))
    return blocks.sections("\n".join(f"- {text}" for text in listed), room.text) if listed else []


def _hint(shown: Message, language: str) -> str:
    """How to answer, and what was answered before."""
    said = words(language)
    before = [choice.label for choice in _offered(shown) if choice.id in shown.chosen]
    ticks = shown.asks is Asks.MANY and shown.token is not None  # which are ticked already
    lines = (
        shown.hint,
        said.chosen.format(options=", ".join(before)) if before and not ticks else "",
        said.write_here if shown.asks is Asks.WORDS else "",
    )
    return "\n\n".join(line for line in lines if line)


def _answers(shown: Message, language: str, room: Room, name_of: NameOf) -> list[Block]:
    first: list[Block] = []
    if shown.form is not None:
        first.append(blocks.button(phrases(language).open_form, Act.FORM, pack(shown.form.token), primary=True))
    token, offered = shown.token, _offered(shown)
    if token is None:
        return blocks.actions(first)
    match shown.asks:
        case Asks.MANY if offered:
            ticks = _ticks(offered, shown.chosen, room)
            return [*blocks.actions(ticks), *blocks.actions([*first, _send(token, language)])]
        case Asks.PERSON:
            first += [_people(shown, language, name_of), _send(token, language)]
        case Asks.FILES:
            first.append(blocks.button(words(language).attach, Act.FILES, pack(token), primary=not offered))
        case _:
            pass
    return blocks.actions([*first, *_buttons(token, offered, room)])


def _buttons(token: Token, offered: Sequence[Choice], room: Room) -> list[Block]:
    return [
        blocks.button(choice.label, Act.CHOOSE.of(number), pack(token, choice.id), longest=room.label)
        for number, choice in enumerate(offered)
    ]


def _ticks(offered: Sequence[Choice], before: Sequence[str], room: Room) -> list[Block]:
    every = blocks.options(offered, room.label)
    return [
        blocks.checkboxes(Act.TICKS.of(number), some, before)
        for number, some in enumerate(blocks.pieces(every, blocks.MOST_TICKS))
    ]


def _people(shown: Message, language: str, name_of: NameOf) -> Block:
    offered = {choice.id for choice in shown.choices}
    before = [person for person in shown.chosen if person not in offered]
    return blocks.people(Act.PEOPLE, words(language).search, before, shown.among or (), name_of)


def _send(token: Token, language: str) -> Block:
    return blocks.button(words(language).send, Act.SEND, pack(token), primary=True)


def _ways_out(shown: Message, room: Room) -> list[Block]:
    every = {choice.id: choice for choice in shown.commands}
    return blocks.actions(
        [
            blocks.button(
                choice.label,
                Act.COMMAND.of(choice.id),
                pack(shown.token, choice.id) if shown.token is not None else choice.id,
                longest=room.label,
            )
            for choice in list(every.values())[:MOST_COMMANDS]
        ]
    )
