"""Reads the keys of one step, one typed getter a shape; every mistake becomes a Problem and reading goes on.

Rule 1. An unknown key, word or role is an error with its place and, where one is near, a suggestion.
Rule 2. Each step is read alone, so that a mistake in one never moves the place of another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from bot.core.durations import Duration, DurationError, parse_before, parse_duration
from bot.core.expressions import RESERVED, ConditionError, parse
from bot.core.people import Role
from bot.core.texts import Text
from bot.steps import nodes
from bot.steps.base import BaseStep, Key, Name, Place, When
from bot.steps.nodes import Node, Scalar
from bot.steps.notes import Notes, did_you_mean, inside, listed, place_of

#: Longest text that an admin may write in one piece, in characters: what both platforms show in one message.
LONGEST_TEXT = 3000
#: Names travel in buttons, where Slack lets little through.
LONGEST_NAME = 60


class Reader:
    """One mapping of an admin's file: a step, a field, a flow's head."""

    def __init__(self, node: nodes.Mapping, notes: Notes, at: str, blocks: BlockReader | None = None) -> None:
        self.node = node
        self.notes = notes
        self.at = at
        self._blocks = blocks

    @property
    def place(self) -> Place:
        return place_of(self.node)

    def problem(self, place: Place, rule: str, message: str) -> None:
        self.notes.add(place, rule, message)

    def known(self, keys: Sequence[Key], what: str) -> None:
        """Names every key that the verb does not have."""
        names = [key.name for key in keys]
        for entry in self.node.entries:
            if entry.key.text not in names:
                hint = did_you_mean(entry.key.text, names)
                more = hint or f" {what} knows: {listed(names)}."
                self.problem(place_of(entry.key), "unknown-key", f'"{entry.key.text}" is no key of {what}.{more}')

    def has(self, key: str) -> bool:
        return self.node.get(key) is not None

    def scalar(self, key: str, *, needed: bool = False) -> Scalar | None:
        value = self.node.get(key)
        if value is None:
            if needed:
                self.problem(self.place, "missing-key", f'"{key}:" is missing here.')
            return None
        if not isinstance(value, Scalar):
            self.problem(place_of(value), "not-a-text", f'"{key}:" takes one text, not a list.')
            return None
        return None if value.missing else value  # what is missing has been reported

    def plain(self, key: str) -> str | None:
        """A text that no person of a talk reads, as a source."""
        scalar = self.scalar(key)
        return scalar.text if scalar is not None else None

    def text(self, key: str, at: str = "") -> Text | None:
        scalar = self.scalar(key)
        return self.as_text(scalar, f"{self.at}.{at or key}" if self.at else at or key) if scalar is not None else None

    def as_text(self, scalar: Scalar, at: str) -> Text:
        if len(scalar.text) > LONGEST_TEXT:
            self.problem(
                place_of(scalar),
                "text-too-long",
                f"this text has {len(scalar.text)} characters; one message holds {LONGEST_TEXT}. "
                "Split it in two steps.",
            )
        return Text(scalar.text, at, scalar.line, scalar.column, scalar.places)

    def texts(self, key: str) -> tuple[Text, ...]:
        value = self.node.get(key)
        if value is None:
            return ()
        if isinstance(value, Scalar):
            if value.missing:
                return ()
            self.problem(place_of(value), "not-a-list", f'"{key}:" takes a list. Write each text on a line with "- ".')
            return ()
        if isinstance(value, nodes.Mapping):
            self.problem(place_of(value), "not-a-list", f'"{key}:" takes a list of texts, each with "- " before it.')
            return ()
        found: list[Text] = []
        for number, item in enumerate(value.items, 1):
            if not isinstance(item, Scalar):
                self.problem(place_of(item), "not-a-text", f'"{key}:" takes texts only.')
                continue
            found.append(self.as_text(item, f"{self.at}.{key}.{number}"))
        return tuple(found)

    def name(self, key: str, *, needed: bool = False) -> Name | None:
        """A word that names something: letters, digits and _."""
        scalar = self.scalar(key, needed=needed)
        return self.as_name(scalar) if scalar is not None else None

    def as_name(self, scalar: Scalar, what: str = "a name") -> Name | None:
        word = scalar.text
        if not word:
            return None  # what is missing has been reported
        if not word.isascii() or not word.replace("_", "a").isalnum() or not (word[0].isalpha() or word[0].isdigit()):
            self.problem(
                place_of(scalar), "not-a-name", f'"{word[:40]}" cannot be {what}. Use letters, digits and _ only.'
            )
            return None
        if len(word) > LONGEST_NAME:
            message = f"this name has {len(word)} characters; {LONGEST_NAME} fit. Make it shorter."
            self.problem(place_of(scalar), "name-too-long", message)
            return None
        return Name(word, place_of(scalar))

    def new_id(self, key: str, *, needed: bool) -> Name | None:
        """An id that the admin gives: not one of the words of the conditions."""
        found = self.name(key, needed=needed)
        if found is not None and found.word in RESERVED:
            self.problem(found.place, "reserved-id", f'"{found.word}" is a word of the conditions. Choose another id.')
            return None
        return found

    def one_of(self, key: str, known: Sequence[str], *, needed: bool = False) -> Name | None:
        scalar = self.scalar(key, needed=needed)
        if scalar is None:
            return None
        if scalar.text not in known:
            hint = did_you_mean(scalar.text, known) or f" Choose one of: {listed(known)}."
            self.problem(place_of(scalar), "unknown-word", f'"{key}: {scalar.text[:40]}" is not known.{hint}')
            return None
        return Name(scalar.text, place_of(scalar))

    def flag(self, key: str) -> bool:
        scalar = self.scalar(key)
        if scalar is None:
            return False
        if scalar.text not in ("true", "false"):
            self.problem(place_of(scalar), "not-a-flag", f'"{key}:" takes true or false, not "{scalar.text[:20]}".')
        return scalar.text == "true"

    def number(self, key: str) -> int | None:
        scalar = self.scalar(key)
        if scalar is None:
            return None
        if not re.fullmatch("-?[0-9]{1,6}", scalar.text):
            self.problem(place_of(scalar), "not-a-number", f'"{key}:" takes a whole number, not "{scalar.text[:20]}".')
            return None
        return int(scalar.text)

    def condition(self, key: str) -> When | None:
        scalar = self.scalar(key)
        return self.as_condition(scalar) if scalar is not None else None

    def as_condition(self, scalar: Scalar) -> When | None:
        try:
            return When(parse(scalar.text), scalar.text, inside(scalar, 0), scalar.places)
        except ConditionError as error:
            self.problem(inside(scalar, error.offset), "condition", error.message)
            return None

    def duration(self, key: str, *, before: bool = False) -> Duration | None:
        scalar = self.scalar(key)
        return self.as_duration(scalar, before=before) if scalar is not None else None

    def as_duration(self, scalar: Scalar, *, before: bool = False) -> Duration | None:
        try:
            return parse_before(scalar.text) if before else parse_duration(scalar.text)
        except DurationError as error:
            self.problem(place_of(scalar), "duration", str(error))
            return None

    def names(self, key: str) -> tuple[Name, ...] | None:
        """A list of words: `[owner, hr]`, or one below the other."""
        value = self.node.get(key)
        if value is None:
            return None
        if isinstance(value, Scalar):
            if value.missing:
                return ()
            self.problem(
                place_of(value), "not-a-list", f'"{key}:" takes a list. Write: {key}: [{value.text.strip("[] ")[:40]}]'
            )
            return None
        if isinstance(value, nodes.Mapping):
            self.problem(place_of(value), "not-a-list", f'"{key}:" takes a list of words.')
            return None
        found = (self.as_name(item) for item in value.items if isinstance(item, Scalar))
        return tuple(name for name in found if name is not None)

    def roles(self, key: str, allowed: Sequence[Role]) -> tuple[Role, ...] | None:
        names = self.names(key)
        if names is None:
            return None
        found: list[Role] = []
        for name in names:
            if name.word == Role.MANAGER and Role.MANAGER not in allowed:
                self.problem(
                    name.place,
                    "role-manager",
                    f'{key} cannot name "manager", who may be the accused. Write "owner": whoever handles the case.',
                )
            elif name.word not in [role.value for role in allowed]:
                known = [role.value for role in allowed]
                hint = did_you_mean(name.word, known) or f" The roles are: {listed(known)}."
                self.problem(name.place, "unknown-role", f'"{name.word}" is no role.{hint}')
            else:
                found.append(Role(name.word))
        return tuple(found)

    def labels(self, key: str, at: str = "") -> tuple[tuple[Name, Text], ...]:
        """A map of words to texts: options, a scale's labels. `at` goes before the word in a text's place."""
        value = self.node.get(key)
        if value is None:
            return ()
        if isinstance(value, Scalar) and value.missing:
            return ()
        if not isinstance(value, nodes.Mapping):
            self.problem(
                place_of(value),
                "not-a-map",
                f'"{key}:" takes one line an option, a word and its text. Write:  yes: Yes, I am',
            )
            return ()
        found: list[tuple[Name, Text]] = []
        for entry in value.entries:
            word = self.as_name(entry.key, "an option")
            if not isinstance(entry.value, Scalar):
                self.problem(place_of(entry.value), "not-a-text", f'the option "{entry.key.text}" takes one text.')
                continue
            text = self.as_text(entry.value, f"{self.at}.{at}{entry.key.text}")
            if word is not None:
                found.append((word, text))
        return tuple(found)

    def steps(self, key: str) -> tuple[BaseStep, ...]:
        value = self.node.get(key)
        return self.as_steps(value, key) if value is not None else ()

    def as_steps(self, value: Node, key: str) -> tuple[BaseStep, ...]:
        if self._blocks is None:
            self.problem(place_of(value), "too-deep", f'"{key}:" cannot hold steps here.')
            return ()
        return self._blocks(value)

    def lines(
        self, value: nodes.Mapping, known: Sequence[str], what: str, takes: str, hint: str
    ) -> Iterator[tuple[Name, Scalar]]:
        """A map of known words to one text each, as `triage:`; `what` such a word is, `takes` what stands behind it."""
        for entry in value.entries:
            word = entry.key.text
            if word not in known:
                more = did_you_mean(word, known) or f" {hint}: {listed(known)}."
                self.problem(place_of(entry.key), "unknown-word", f'"{word}" is no {what}.{more}')
            elif not isinstance(entry.value, Scalar):
                self.problem(place_of(entry.value), "not-a-text", f'"{word}:" takes one {takes}.')
            else:
                yield Name(word, place_of(entry.key)), entry.value

    def fields(self, key: str) -> tuple[tuple[nodes.Mapping, Place], ...]:
        """The mappings of a list: fields of a form, questions of a record."""
        value = self.node.get(key)
        if value is None:
            return ()
        if isinstance(value, Scalar) and value.missing:
            return ()
        if not isinstance(value, nodes.Sequence):
            self.problem(
                place_of(value), "not-a-list", f'"{key}:" takes a list of questions, each with "- " before it.'
            )
            return ()
        found = []
        for item in value.items:
            if isinstance(item, nodes.Mapping):
                found.append((item, place_of(item)))
            else:
                self.problem(place_of(item), "not-a-question", f'"{key}:" takes questions: ask or choose.')
        return tuple(found)


BlockReader = Callable[[Node], tuple[BaseStep, ...]]
