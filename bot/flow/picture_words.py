"""The few words of a picture that no admin wrote: commands, times, what stands at a line. One entry a language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.durations import Duration, Unit
from bot.core.languages import phrases
from bot.core.people import Role
from bot.core.texts import fill
from bot.steps.do import Do, Verb

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARK = re.compile(r"\\([!-/:-@\[-`{-~])|\*+|`+|(?m:^\s*(?:[-+#>]+|[0-9]+[.)])\s+)")


def flat(markdown: str, language: str) -> str:
    """A text of a flow in one line, without its Markdown, as it reads before it is known who is meant."""
    plain = _MARK.sub(r"\1", _LINK.sub(r"\1", fill(markdown, lambda name: _anybody(name, language))))
    return " ".join(plain.split())


def _anybody(placeholder: str, language: str) -> str:
    said = phrases(language)
    match placeholder.split("."):
        case ["reporter", _]:
            return said.the_employee
        case ["case", "owner", _]:
            return said.role_names["owner"]
        case ["on_call", _]:
            return said.role_names["on_call"]
        case _:
            return "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureWords:
    """`units` are as for one and for several; `starts` is by whom the flow is begun with."""

    code: str
    yes: str
    otherwise: str
    skipped: str
    then: str
    wait: str  # {time}
    later: str  # {what} {time}
    units: Mapping[Unit, tuple[str, str]]
    commands: Mapping[Verb, str]  # raise: {level}; start: {flow} {who}
    roles: Mapping[Role, str]

    def time(self, duration: Duration) -> str:
        one, several = self.units[duration.unit]
        return f"{duration.amount} {one if duration.amount == 1 else several}"

    def command(self, step: Do) -> str:
        """A command, as its box says it."""
        level = phrases(self.code).levels[step.to] if step.to is not None else ""
        flow = step.flow.word if step.flow is not None else ""
        what = self.commands[step.command].format(level=level, flow=flow, who=self.roles[step.with_role])
        return what if step.after is None else self.later.format(what=what, time=self.time(step.after))


ENGLISH = PictureWords(
    code="en",
    yes="yes",
    otherwise="otherwise",
    skipped="skipped",
    then="then",
    wait="Wait {time}",
    later="{what}, in {time}",
    units={
        Unit.MIN: ("min", "min"),
        Unit.HOURS: ("hour", "hours"),
        Unit.DAYS: ("day", "days"),
        Unit.WEEKS: ("week", "weeks"),
        Unit.WORKING_HOURS: ("working hour", "working hours"),
        Unit.WORKING_DAYS: ("working day", "working days"),
    },
    commands={
        Verb.OPEN_CASE: "Open the case",
        Verb.PAGE_ON_CALL: "Call whoever is on call",
        Verb.RAISE: "More urgent: {level}",
        Verb.ESCALATE: "Ask for more help",
        Verb.START: "Start {flow} with {who}",
        Verb.ASK_AFFECTED: "Ask whoever it happened to, by {flow}",
        Verb.HAND_OVER: "Hand the case over",
        Verb.RECUSE: "Let somebody else take over",
        Verb.SHARE: "Ask whether one more may read it",
        Verb.NOTE: "Write a note",
        Verb.CLOSE: "Close the case",
        Verb.WITHDRAW: "Withdraw the case",
    },
    roles={Role.REPORTER: "the employee", Role.OWNER: "the one on the case"},
)

DANISH = PictureWords(
    code="da",
    yes="ja",
    otherwise="ellers",
    skipped="sprunget over",
    then="derefter",
    wait="Vent {time}",
    later="{what} om {time}",
    units={
        Unit.MIN: ("min.", "min."),
        Unit.HOURS: ("time", "timer"),
        Unit.DAYS: ("dag", "dage"),
        Unit.WEEKS: ("uge", "uger"),
        Unit.WORKING_HOURS: ("arbejdstime", "arbejdstimer"),
        Unit.WORKING_DAYS: ("arbejdsdag", "arbejdsdage"),
    },
    commands={
        Verb.OPEN_CASE: "Åbn sagen",
        Verb.PAGE_ON_CALL: "Ring til den, der har vagten",
        Verb.RAISE: "Det haster mere: {level}",
        Verb.ESCALATE: "Bed om mere hjælp",
        Verb.START: "Start {flow} med {who}",
        Verb.ASK_AFFECTED: "Spørg den, det er gået ud over, med {flow}",
        Verb.HAND_OVER: "Giv sagen videre",
        Verb.RECUSE: "Lad en anden tage over",
        Verb.SHARE: "Spørg, om en mere må læse det",
        Verb.NOTE: "Skriv et notat",
        Verb.CLOSE: "Luk sagen",
        Verb.WITHDRAW: "Træk sagen tilbage",
    },
    roles={Role.REPORTER: "medarbejderen", Role.OWNER: "den, der har sagen"},
)

PICTURE_WORDS: Mapping[str, PictureWords] = {words.code: words for words in (ENGLISH, DANISH)}


def words_of(language: str) -> PictureWords:
    """The words of a language; English where there are none."""
    return PICTURE_WORDS.get(language, ENGLISH)
