"""What the bot tells about itself when it is asked: emergency help, its languages, what was told, who can see this.

Rule 1. After a word of the bot's own, the question that waited is shown again.
Rule 2. What was told is shown outside the chat, and that it was read is written down. It begins with whose it is, for
        those who may know that.
"""

from __future__ import annotations

from bot.core.effects import NoteRead, Send, Speak, TellWhoSees
from bot.core.facts import Country
from bot.core.ids import Token
from bot.core.languages import LANGUAGES, phrases
from bot.core.messages import Asks, Choice, Fact, Message
from bot.core.replies import Show
from bot.core.texts import escape
from bot.flow.talk import Talk
from bot.flow.walk import show
from bot.steps.names import by_language
from bot.steps.scene import slot_of

WHICH_LANGUAGE = "which-language"


def tell_emergency(talk: Talk) -> None:
    lines = emergency_lines(talk.facts.country, talk.session.language)
    talk.tell(f"{lines}\n\n{talk.phrases.emergency_case}")
    show(talk)


def emergency_lines(country: Country, language: str) -> str:
    """Whom to call now, and who listens."""
    first = phrases(language).emergency.format(emergency=escape(country.emergency.number))
    return f"{first}\n\n{help_lines(country, language)}"


def help_lines(country: Country, language: str) -> str:
    """Who listens, as a list."""
    return "\n".join(f"- {by_language(line.text, language)}" for line in country.help.values())


def change_language(talk: Talk, code: str | None) -> None:
    if code is None:
        session = talk.session
        message = which_language(session.language, Token(session.case, session.id, WHICH_LANGUAGE, session.revision))
        talk.put(Send(session.person, message, slot_of(session.id, f"{WHICH_LANGUAGE}-{session.revision}")))
        return
    set_language(talk, code)


def which_language(language: str, token: Token) -> Message:
    """The question which language to speak, with a button for each."""
    names = tuple(Choice(code, language.name) for code, language in LANGUAGES.items())
    return Message(phrases(language).language_which, asks=Asks.ONE, choices=names, token=token)


def set_language(talk: Talk, code: str) -> None:
    if code in LANGUAGES:
        talk.change(language=code)
        talk.put(Speak(talk.session.person, code))
        talk.tell(talk.phrases.language_set)
    show(talk)


def show_told(talk: Talk) -> None:
    """What was told, as far as this person may read it: shown now, kept out of the chat, and written down."""
    own = {q: g for q, g in talk.session.answers.items() if not g.kept and not g.foreign}
    talks = (*talk.facts.told, own)
    notes = tuple(fact for told in talks for fact in talk.notes_before(told))
    facts = tuple(fact for told in talks for fact in talk.to_read(told))
    who = talk.facts.people.get(talk.facts.view.reporter)
    facts = (*notes, *facts)
    if facts and who is not None and who.id != talk.session.person:
        facts = (Fact(talk.phrases.card_employee, escape(who.name)), *facts)
    if not facts:
        talk.tell(talk.phrases.nothing_to_read)
        return
    talk.reply = Show(talk.phrases.report_title, facts)
    talk.put(NoteRead(talk.session.person))


def tell_who_sees(talk: Talk) -> None:
    """Only the case knows; it answers before the question is shown again."""
    talk.put(TellWhoSees())
    show(talk)
