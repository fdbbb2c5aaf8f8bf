"""`do`: one command of a closed list. What it means for the case is decided by `bot.cases`.

Rule 1. `open_case` needs a `consent` and a `review` before it on every path; `page_on_call` `on_call` in a consent.
Rule 2. `hand_over` asks the person whom the question `to:` names, or the next one on the ladder; `recuse` leaves the
        case for good. `ask_affected` gives the report to whoever it happened to, and the talk ends; where it cannot,
        the talk goes on. `share` asks the reporter whether the person whom `to:` names may read what was told.
Rule 3. `raise` never lowers. `close` comes only when the tasks before it are done or marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, assert_never

from bot.core.answers import Someone, Words
from bot.core.case_commands import (
    AskAffected,
    CaseCommand,
    CloseCase,
    Escalate,
    HandOver,
    OpenCase,
    PageOnCall,
    RaiseLevel,
    Recuse,
    Share,
    StartFlow,
    WithdrawCase,
    WriteNote,
)
from bot.core.durations import Duration
from bot.core.levels import Level
from bot.core.people import Role
from bot.core.texts import Text
from bot.steps.base import COMMON_KEYS, BaseStep, Go, Key, Name, Outcome, Place, Shape
from bot.steps.reader import Reader
from bot.steps.scene import Scene


class Verb(StrEnum):
    OPEN_CASE = "open_case"
    PAGE_ON_CALL = "page_on_call"
    RAISE = "raise"
    ESCALATE = "escalate"
    START = "start"
    ASK_AFFECTED = "ask_affected"
    HAND_OVER = "hand_over"
    RECUSE = "recuse"
    SHARE = "share"
    NOTE = "note"
    CLOSE = "close"
    WITHDRAW = "withdraw"


#: The keys that belong to some commands only.
OWN_KEYS: Mapping[str, tuple[Verb, ...]] = {
    "to": (Verb.RAISE, Verb.HAND_OVER, Verb.SHARE),
    "why": (Verb.SHARE,),
    "flow": (Verb.START, Verb.ASK_AFFECTED),
    "with": (Verb.START,),
    "after": (Verb.START,),
    "text": (Verb.NOTE,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Do(BaseStep):
    VERB: ClassVar = "do"
    KEYS: ClassVar = (
        Key("do", Shape.WORD, "The command.", tuple(Verb)),
        Key("to", Shape.WORD, f"raise: the level ({', '.join(Level)}). hand_over, share: the question that says who."),
        Key("why", Shape.WORD, "share: the question that says what for. The reporter reads the answer."),
        Key("flow", Shape.WORD, "start, ask_affected: the flow."),
        Key("with", Shape.WORD, "start: with whom.", (Role.REPORTER.value, Role.OWNER.value)),
        Key("after", Shape.DURATION, "start: how long from now."),
        Key("text", Shape.TEXT, "note: what is kept with the case."),
        *COMMON_KEYS,
    )

    command: Verb
    to: Level | None = None
    whom: Name | None = None
    why: Name | None = None
    flow: Name | None = None
    with_role: Role = Role.REPORTER
    after: Duration | None = None
    text: Text | None = None

    @classmethod
    def read(cls, reader: Reader) -> Do | None:
        command = reader.one_of("do", tuple(Verb), needed=True)
        if command is None:
            return None
        verb = Verb(command.word)
        for key, owners in OWN_KEYS.items():
            if reader.has(key) and verb not in owners:
                whose = " and do: ".join(owners)
                reader.problem(_place(reader, key), "key-of-other", f'"{key}:" belongs to do: {whose}, not to {verb}.')
        reader.scalar("text", needed=verb is Verb.NOTE)
        to = reader.one_of("to", tuple(Level), needed=True) if verb is Verb.RAISE else None
        role = reader.one_of("with", (Role.REPORTER.value, Role.OWNER.value))
        return cls(
            place=reader.place,
            when=reader.condition("when"),
            source=reader.plain("source"),
            command=verb,
            to=Level(to.word) if to else None,
            whom=reader.name("to", needed=verb is Verb.SHARE) if verb in (Verb.HAND_OVER, Verb.SHARE) else None,
            why=reader.name("why", needed=verb is Verb.SHARE),
            flow=reader.name("flow", needed=verb in OWN_KEYS["flow"]),
            with_role=Role(role.word) if role else Role.REPORTER,
            after=reader.duration("after"),
            text=reader.text("text"),
        )

    def after_tasks(self) -> bool:
        return self.command is Verb.CLOSE

    def named_by(self, verb: Verb) -> str:
        """The question that says whom this command is about, or nothing."""
        return self.whom.word if self.command is verb and self.whom is not None else ""

    def texts(self) -> tuple[Text, ...]:
        return (self.text,) if self.text is not None else ()

    def shape(self) -> tuple[object, ...]:
        flow = self.flow.word if self.flow else None
        after = (self.after.amount, self.after.unit) if self.after else None
        named = tuple(name.word for name in (self.whom, self.why) if name is not None)
        return (*BaseStep.shape(self), self.command, self.to, flow, self.with_role, after, *named)

    def enter(self, scene: Scene) -> Outcome:
        return Go((self._wish(scene),))

    def _wish(self, scene: Scene) -> CaseCommand:
        match self.command:
            case Verb.OPEN_CASE:
                return OpenCase()
            case Verb.PAGE_ON_CALL:
                return PageOnCall()
            case Verb.RAISE:
                return RaiseLevel(self.to or Level.CRITICAL)
            case Verb.ESCALATE:
                return Escalate("asked")
            case Verb.START:
                return StartFlow(self.flow.word if self.flow else "", self.with_role, self.after)
            case Verb.ASK_AFFECTED:
                return AskAffected(self.flow.word if self.flow else "")
            case Verb.HAND_OVER | Verb.SHARE:
                return self._about_somebody(scene)
            case Verb.RECUSE:
                return Recuse()
            case Verb.NOTE:
                return WriteNote(scene.say(self.text) if self.text else "")
            case Verb.CLOSE:
                return CloseCase()
            case Verb.WITHDRAW:
                return WithdrawCase()
            case _:
                assert_never(self.command)

    def _about_somebody(self, scene: Scene) -> HandOver | Share:
        answer = scene.answer(self.whom.word) if self.whom else None
        person = answer.person if isinstance(answer, Someone) else None
        if self.command is Verb.HAND_OVER:
            return HandOver(person)
        why = scene.answer(self.why.word) if self.why else None
        return Share(person, why.text if isinstance(why, Words) else "")


def _place(reader: Reader, key: str) -> Place:
    value = reader.node.get(key)
    return reader.place if value is None else Place(value.line, value.column)
