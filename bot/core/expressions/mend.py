"""What to say about words that make no condition together, with a guess at what was meant.

Each function gives what is wrong, the offset, and the mended condition ("" where there is no guess).
"""

from __future__ import annotations

from bot.core.expressions.model import Atom, Has, Is, OneOf
from bot.core.expressions.tokens import Token

_JOINS = ("and", "or")
_CONTAINS = ("has", "have", "contains", "includes", "include", "contain")
_FLIPPED = {">=": "<=", "<=": ">=", ">": "<", "<": ">"}

Mistake = tuple[str, int, str]


def left_over(text: str, tokens: list[Token], index: int, last: Atom | None) -> Mistake:
    """A token that follows a whole condition."""
    token = tokens[index]
    if token.text == ")":
        return 'This ")" has no "(" before it.', token.at, f"{text[: token.at]} {text[token.after :]}"
    if token.text == ",":
        return _commas(text, tokens, index, last)
    shown = token.text
    return f'Before "{shown}" a word is missing: and, or?', token.at, ""


def _commas(text: str, tokens: list[Token], index: int, last: Atom | None) -> Mistake:
    """`who is a, b` and `who in a, b`: a list without its brackets."""
    end = index
    while tokens[end].text == "," and tokens[end + 1].is_id:
        end += 2
    more = "".join(f", {token.text}" for token in tokens[index + 1 : end : 2])
    wrong = "Several options stand in square brackets, after the question."
    match last:
        case Is(name, option, negated):
            start, question, first = name.at, name.text, option.text
        case Has(first_word, name, negated):
            start, question, first = first_word.at, first_word.text, name.text
        case _:
            return 'A comma stands in lists only. Use the word "and" or "or".', tokens[index].at, ""
    in_list = f"{question} {'not in' if negated else 'in'} [{first}{more}]"
    return wrong, tokens[index].at, f"{text[:start]}{in_list}{text[tokens[end - 1].after :]}"


def alone(text: str, tokens: list[Token], index: int, token: Token, last: Atom | None = None) -> Mistake:
    """`token` begins an atom, but what follows (from `index` on) makes none of it."""
    if token.is_id:
        return _lone_id(text, tokens, index, token, last)
    if token.text in ("otherwise", "nothing"):
        return f'"{token.text}" stands alone, never within a condition.', token.at, ""
    if token.kind == "number":
        return _number_first(text, tokens, index, token)
    if token.text == "[":
        return "Begin with the question, then the list. Write for example: who in [customer, unknown]", token.at, ""
    if token.kind == "end":
        return f'Something is missing after "{tokens[index - 1].text}".', token.at, ""
    return f'Before "{token.text}" something is missing.', token.at, ""


def _number_first(text: str, tokens: list[Token], index: int, number: Token) -> Mistake:
    wrong, op = "Begin with the question, then the number.", tokens[index].text
    if op not in _FLIPPED:
        return wrong, number.at, ""
    name = tokens[index + 1]
    return wrong, number.at, f"{text[: number.at]}{name.text} {_FLIPPED[op]} {number.text}{text[name.after :]}"


def _lone_id(text: str, tokens: list[Token], index: int, token: Token, last: Atom | None) -> Mistake:
    following = tokens[index]
    if following.kind == "end" or following.text in (*_JOINS, ")", ","):
        return _lone_option(text, tokens, index, token, last)
    if following.text == "not":
        wrong = f'Between "{token.text}" and "not" the word "is" is missing.'
        return wrong, token.at, f"{text[: token.after]} is {text[following.at :]}"
    if following.text in _CONTAINS and tokens[index + 1].is_id:
        option = tokens[index + 1]
        mended = f"{text[: token.at]}{option.text} in {token.text}{text[option.after :]}"
        return f'Use the word "in" instead of "{following.text}".', following.at, mended
    if following.is_id:
        wrong = f'Between "{token.text}" and "{following.text}" a word is missing.'
        return wrong, following.at, f"{text[: token.after]} is {text[following.at :]}"
    wrong = f'"{following.text}" cannot follow "{token.text}". Add "is" and one of its options.'
    return wrong, following.at, ""


def _lone_option(text: str, tokens: list[Token], index: int, token: Token, last: Atom | None) -> Mistake:
    """`danger is now or no`, `threat in kinds or doxxing`, `threat or doxxing in kinds`, or a bare question."""
    before = tokens[index - 2].text  # before the first token this is the `end`, which is no word
    tail = text[token.after :]
    if before in _JOINS and "." not in token.text:
        match last:
            case Is(name, option, negated):
                both = f"{name.text} {'not in' if negated else 'in'} [{option.text}, {token.text}]"
                return "Several options stand in a list.", token.at, f"{text[: name.at]}{both}{tail}"
            case OneOf():
                return f'Put "{token.text}" into the list as well.', token.at, ""
            case Has(_, name, negated):
                again = f"{token.text} {'not in' if negated else 'in'} {name.text}"
                return f'Say what "{token.text}" is in.', token.at, f"{text[: token.at]}{again}{tail}"
            case _:
                pass
    words = [token]
    place = index
    while tokens[place].text in _JOINS and tokens[place + 1].is_id:
        words.append(tokens[place + 1])
        place += 2
    if tokens[place].text == "in" and tokens[place + 1].is_id:
        inside = f" in {tokens[place + 1].text}"
        each = "".join(word.text + inside + f" {tokens[index + 2 * n].text} " for n, word in enumerate(words[:-1]))
        return f'Say what "{token.text}" is in.', token.at, f"{text[: token.at]}{each}{text[words[-1].at :]}"
    wrong = f'"{token.text}" alone says nothing. Add "is" and one of its options, or write: answered({token.text})'
    return wrong, token.at, ""
