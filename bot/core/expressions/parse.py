"""Reads a condition. `not` binds closer than `and`, `and` closer than `or`; brackets say otherwise.

    condition = term {"or" term}        term = part {"and" part}
    part      = "not" part | "(" condition ")" | atom
    atom      = NAME "is" ["not"] (OPTION | NUMBER)    | NAME (">=" | ">" | "<=" | "<") NUMBER
              | OPTION ["not"] "in" NAME               | NAME ["not"] "in" "[" OPTION {"," OPTION} "]"
              | "count" "(" NAME ")" comparison        | ("skipped" | "answered") "(" NAME ")"

Rule 1. A remedy shown as "Write: ..." is the whole condition, and can itself be read.
Rule 2. Length and nesting are bounded.
"""

from __future__ import annotations

import re
from decimal import Decimal

from bot.core.expressions.mend import alone, left_over
from bot.core.expressions.model import (
    And,
    Atom,
    Compare,
    Condition,
    ConditionError,
    CountCompare,
    Has,
    Is,
    IsAnswered,
    IsSkipped,
    Not,
    OneOf,
    Op,
    Or,
    Word,
)
from bot.core.expressions.tokens import Token, split

DEEPEST = 20
_SPACES = re.compile(r"\s+")
_SPACE_INSIDE = re.compile(r"(?<=[(\[])\s+|\s+(?=[)\],])")
_OPS: dict[str, Op] = {">=": ">=", ">": ">", "<=": "<=", "<": "<"}


def parse(text: str) -> Condition:
    """The condition that the text says. Raises ConditionError with the place and a remedy."""
    return _Parser(text, mending=True).condition()


class _Parser:
    def __init__(self, text: str, *, mending: bool) -> None:
        self.text = text
        self.mending = mending
        self.tokens = split(text, self.wrong)
        self.index = 0
        self.depth = 0
        self.last: Atom | None = None

    def wrong(self, wrong: str, at: int, mended: str = "") -> ConditionError:
        """The error to raise; the mended condition is shown if it can be read."""
        if mended and self.mending:
            mended = _SPACES.sub(" ", _SPACE_INSIDE.sub("", mended)).strip()
            try:
                _Parser(mended, mending=False).condition()
            except ConditionError:
                pass
            else:
                wrong = f"{wrong} Write: {mended}"
        return ConditionError(wrong, at)

    @property
    def next(self) -> Token:
        return self.tokens[self.index]

    def ended(self) -> bool:
        return self.next.kind == "end"

    def take(self, *texts: str) -> bool:
        """Whether the next token is one of these; then it is passed."""
        found = not self.ended() and self.next.text in texts
        self.index += found
        return found

    def pass_on(self) -> Token:
        token = self.next
        self.index += token.kind != "end"
        return token

    def without(self, start: int, end: int, instead: str = "") -> str:
        """The text with a piece replaced: a remedy to try."""
        return f"{self.text[:start]} {instead} {self.text[end:]}"

    def condition(self) -> Condition:
        if self.ended():
            raise self.wrong("The condition is missing. Write one such as: danger is now", 0)
        found = self.any_of()
        if not self.ended():
            raise self.wrong(*left_over(self.text, self.tokens, self.index, self.last))
        return found

    def any_of(self) -> Condition:
        parts = [self.all_of()]
        while self.take("or"):
            parts.append(self.all_of())
        return Or(tuple(parts)) if len(parts) > 1 else parts[0]

    def all_of(self) -> Condition:
        parts = [self.part()]
        while self.take("and"):
            parts.append(self.part())
        return And(tuple(parts)) if len(parts) > 1 else parts[0]

    def part(self) -> Condition:
        start = self.next
        if not self.take("not", "("):
            self.last = self.atom()
            return self.last
        if self.depth == DEEPEST:
            raise self.wrong(f"Brackets stand at most {DEEPEST} deep. Split this over several steps.", start.at)
        self.depth += 1
        if start.text == "not":
            found: Condition = Not(self.part())
        else:
            found = self.any_of()
            if not self.take(")"):
                if not self.ended():
                    raise self.wrong(*left_over(self.text, self.tokens, self.index, self.last))
                raise self.wrong('This "(" is never closed.', start.at, self.text + ")")
        self.depth -= 1
        return found

    def atom(self) -> Atom:
        token = self.pass_on()
        if token.text in ("skipped", "answered", "count"):
            return self.function(token)
        if token.text == "nobody":
            negated = self.take("not")
            if not self.take("in"):
                raise self.wrong('"nobody" stands before "in". Write for example: nobody in may_know', token.at)
            return Has(Word("nobody", token.at), self.name("in"), negated)
        if not token.is_id:
            raise self.wrong(*alone(self.text, self.tokens, self.index, token))
        if self.take("is"):
            return self.after_is(token)
        if self.next.text in _OPS:
            op = _OPS[self.pass_on().text]
            return Compare(_word(token), op, Decimal(self.number(op)))
        before = self.index
        negated = self.take("not")
        if self.take("in"):
            return self.after_in(token, negated)
        self.index = before
        raise self.wrong(*alone(self.text, self.tokens, self.index, token, self.last))

    def after_is(self, name: Token) -> Atom:
        is_at = self.tokens[self.index - 1].at
        negated = self.take("not")
        token = self.pass_on()
        negation = "not " if negated else ""
        if token.kind == "number":
            return Compare(_word(name), "is not" if negated else "is", Decimal(token.text))
        if token.text in ("skipped", "answered"):
            mended = self.without(name.at, token.after, f"{negation}{token.text}({name.text})")
            raise self.wrong(f'"{token.text}" is no option.', token.at, mended)
        if token.text == "nobody":
            mended = self.without(name.at, token.after, f"nobody {negation}in {name.text}")
            raise self.wrong('"nobody" stands before "in".', token.at, mended)
        if token.text in ("in", "["):
            mended = self.without(is_at, token.after, f"{negation}in {'[' if token.text == '[' else ''}")
            raise self.wrong('A list stands after "in", without "is".', is_at, mended)
        self.check_option(token, "is not" if negated else "is")
        return Is(_word(name), _word(token), negated)

    def after_in(self, first: Token, negated: bool) -> Atom:
        if self.next.text == "[":
            return OneOf(_word(first), self.options(), negated)
        name = self.name("in")
        if "." in first.text:
            swapped = self.without(first.at, name.at + len(name.text), f"{name.text} in {first.text}")
            raise self.wrong('Before "in" comes the option, after it the question.', first.at, swapped)
        return Has(_word(first), name, negated)

    def options(self) -> tuple[Word, ...]:
        opening = self.pass_on()
        found: list[Word] = []
        while not found or self.take(","):
            token = self.pass_on()
            self.check_option(token, "," if found else "[")
            found.append(_word(token))
        if not self.take("]"):
            if self.next.is_id:
                mended = self.without(self.next.at, self.next.at, ",")
                raise self.wrong("Between two options of a list comes a comma.", self.next.at, mended)
            raise self.wrong(
                'This "[" is never closed with "]".', opening.at, self.without(self.next.at, self.next.at, "]")
            )
        return tuple(found)

    def function(self, function: Token) -> Atom:
        if not self.take("("):
            mended = self.without(function.at, self.next.after, f"{function.text}({self.next.text})")
            raise self.wrong(f'After "{function.text}" comes a question in brackets.', function.at, mended)
        name = self.name("(")
        if not self.take(")"):
            closed = self.without(self.next.at, self.next.at, ")")
            raise self.wrong(f'One question, then ")": {function.text}({name.text})', self.next.at, closed)
        if function.text == "skipped":
            return IsSkipped(name)
        if function.text == "answered":
            return IsAnswered(name)
        return self.count(name)

    def count(self, name: Word) -> CountCompare:
        token = self.next
        if token.text in _OPS:
            op = _OPS[self.pass_on().text]
        elif self.take("is"):
            op = "is not" if self.take("not") else "is"
        else:
            mended = self.without(token.at, token.at, ">= 1")
            raise self.wrong("Say how many are counted.", token.at, mended)
        number = self.number(op)
        if not number.isdigit():
            raise self.wrong("A count is a whole number, 0 or more.", self.tokens[self.index - 1].at)
        return CountCompare(name, op, int(number))

    def name(self, after: str) -> Word:
        token = self.pass_on()
        if not token.is_id:
            raise self.wrong(f'After "{after}" comes the id of a question.', token.at)
        return _word(token)

    def number(self, after: str) -> str:
        token = self.pass_on()
        if token.kind != "number":
            raise self.wrong(f'After "{after}" comes a number in digits, such as 4.', token.at)
        return token.text

    def check_option(self, token: Token, after: str) -> None:
        if token.text == "nobody":
            raise self.wrong('"nobody" stands in no list. Write for example: nobody in may_know', token.at)
        if not token.is_id:
            raise self.wrong(f'After "{after}" comes one of the options of the question.', token.at)
        if "." in token.text:
            raise self.wrong(f'"{token.text}" is no option: only questions of other flows have a dot.', token.at)


def _word(token: Token) -> Word:
    return Word(token.text, token.at)
