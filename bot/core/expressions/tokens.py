"""Splits a condition into words, numbers and marks, and knows the marks that people bring from elsewhere.

Rule 1. A mistake is told with its place, what is wrong, and, where it can be guessed, the condition as it may have
        been meant: the caller shows that only if it can be read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.core.expressions.model import RESERVED, ConditionError

LONGEST = 500

#: The error to raise, from what is wrong, its offset, and the mended condition or "".
Wrong = Callable[[str, int, str], ConditionError]


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a condition; `end` is the place after the last one."""

    kind: Literal["word", "number", "mark", "end"]
    text: str
    at: int

    @property
    def after(self) -> int:
        return self.at + len(self.text)

    @property
    def is_id(self) -> bool:
        return self.kind == "word" and self.text not in RESERVED


_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?!\w|\.\w|,[0-9])")
_WORD = re.compile(r"[^\W\d][\w.-]*")
_MARK = re.compile(r">=|<=|>(?!=)|<(?![=>])|[()\[\],]")
_ID = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)?")
_LANGUAGE_WORD = re.compile(rf"\b(?:{'|'.join(sorted(RESERVED))})\b", re.IGNORECASE)

#: What people write, what it should be, and what to say; {0} is what was found.
_FOREIGN: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile("[\"'`´“”„‟‘’‚‛«»]"), "", "Leave out the quotes."),
    (re.compile("=>|≥"), " >= ", 'Use ">=" instead of "{0}".'),
    (re.compile("=<|≤"), " <= ", 'Use "<=" instead of "{0}".'),
    (re.compile("!=+|<>|≠"), " is not ", 'Use the words "is not" instead of "{0}".'),
    (re.compile("(?<![<>])=+"), " is ", 'Use the word "is" instead of "{0}".'),
    (re.compile("&+"), " and ", 'Use the word "and" instead of "{0}".'),
    (re.compile(r"\|+"), " or ", 'Use the word "or" instead of "{0}".'),
    (re.compile("!"), " not ", 'Use the word "not" instead of "{0}".'),
    (re.compile(r"(?<=[0-9]),(?=[0-9])"), ".", "Write the number with a point, not a comma."),
    (re.compile(r"[.;:?]+(?=[\s)\],]|$)"), " ", 'Leave out the "{0}".'),
    (re.compile(r"(?<=\w)-+(?=\w)"), "_", 'A name has letters, digits and "_" only.'),
)


def split(text: str, wrong: Wrong) -> list[Token]:
    """The tokens of a condition, closed by an `end`. Raises the first that is none."""
    if len(text) > LONGEST:
        raise wrong(f"A condition has at most {LONGEST} characters. Split it over several steps.", LONGEST, "")
    tokens: list[Token] = []
    at = _skip_space(text, 0)
    while at < len(text):
        token = _token(text, at, wrong)
        tokens.append(token)
        at = _skip_space(text, token.after)
    return [*tokens, Token("end", "", len(text))]


def _skip_space(text: str, at: int) -> int:
    return at + len(text[at:]) - len(text[at:].lstrip())


def _token(text: str, at: int, wrong: Wrong) -> Token:
    if found := _NUMBER.match(text, at):
        return Token("number", found[0], at)
    if found := _MARK.match(text, at):
        return Token("mark", found[0], at)
    if found := _WORD.match(text, at):
        word = Token("word", found[0], at)
        _check_word(text, word, wrong)
        return word
    raise _unreadable(text, at, wrong)


def _check_word(text: str, word: Token, wrong: Wrong) -> None:
    bare = word.text.rstrip(".-")
    if bare != word.text:
        raise _unreadable(text, word.at + len(bare), wrong)
    if "-" in word.text:
        raise _unreadable(text, word.at + word.text.index("-"), wrong)
    if not _ID.fullmatch(word.text):
        raise wrong(f'"{word.text}" is no name. Name a question, or a flow and its question: report.who', word.at, "")
    if word.text not in RESERVED and word.text.lower() in RESERVED:
        raise wrong(f'Write "{word.text.lower()}" in small letters.', word.at, _mended(text))
    parts = word.text.split(".")
    for part in parts:
        if len(parts) > 1 and part.lower() in RESERVED:
            raise wrong(f'"{part}" is a word of the language, so nothing can be called so.', word.at, "")


def _unreadable(text: str, at: int, wrong: Wrong) -> ConditionError:
    for pattern, _, say in _FOREIGN:
        if found := pattern.match(text, at):
            return wrong(say.format(found[0]), at, _mended(text))
    if comma := re.compile(r"-?[0-9]+,[0-9]").match(text, at):
        return wrong("Write the number with a point, not a comma.", comma.end() - 2, _mended(text))
    if text[at].isdigit():
        return wrong("A name begins with a letter, and a number has digits only.", at, "")
    shown = f'"{text[at]}"' if text[at].isprintable() else "A character that cannot be seen"
    return wrong(f"{shown} means nothing in a condition. Leave it out.", at, f"{text[:at]} {text[at + 1 :]}")


def _mended(text: str) -> str:
    for pattern, instead, _ in _FOREIGN:
        text = pattern.sub(instead, text)
    return _LANGUAGE_WORD.sub(lambda found: found[0].lower(), text)
