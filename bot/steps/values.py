"""The value that a person wrote for an `ask`, by its type: read, or said kindly what would be one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.core.answers import Answer, Clock, Day, Moment, Number, Someone, Words
from bot.core.texts import LONGEST_ANSWER
from bot.steps import typed
from bot.steps.scene import Scene


class Type(StrEnum):
    """What kind of answer. For a `datetime` a day alone is enough: not everybody knows when it was."""

    TEXT = "text"
    PARAGRAPH = "paragraph"
    NUMBER = "number"
    SCALE = "scale"
    DATE = "date"
    TIME = "time"
    DATETIME = "datetime"
    EMAIL = "email"
    PHONE = "phone"
    URL = "url"
    PERSON = "person"
    FILES = "files"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The ends of a scale, and whether a time must have been."""

    low: int
    high: int
    past_only: bool


def read_value(kind: Type, text: str, scene: Scene, bounds: Bounds) -> Answer | str:
    """The answer, or what is to be mended."""
    match kind:
        case Type.NUMBER | Type.SCALE:
            return _number(kind, text, scene, bounds)
        case Type.DATE | Type.TIME | Type.DATETIME:
            return _time(kind, text, scene, bounds)
        case _:
            return _words(kind, text, scene)


def _number(kind: Type, text: str, scene: Scene, bounds: Bounds) -> Answer | str:
    value = typed.number(text)
    if kind is Type.NUMBER:
        return scene.phrases.not_a_number if value is None else Number(value)
    if value is None or value != value.to_integral_value() or not bounds.low <= value <= bounds.high:
        return scene.phrases.out_of_scale.format(low=bounds.low, high=bounds.high)
    return Number(Decimal(int(value)))


def _time(kind: Type, text: str, scene: Scene, bounds: Bounds) -> Answer | str:
    phrases, now, zone = scene.phrases, scene.facts.now, ZoneInfo(scene.facts.zone)
    if kind is Type.TIME:
        at = typed.clock(text)
        return phrases.not_a_time if at is None else Clock(at)
    if kind is Type.DATETIME:
        moment = typed.moment(text, now, zone)
        if moment is not None:
            return phrases.in_future if bounds.past_only and moment > now else Moment(moment)
        if typed.clock(text) is not None:
            return phrases.not_a_moment  # 3.11 may be a time or a day
    today = now.astimezone(zone).date()
    on = typed.day(text, today)
    if on is None:
        return phrases.not_a_moment if kind is Type.DATETIME else phrases.not_a_date
    return phrases.in_future if bounds.past_only and on > today else Day(on)


def _words(kind: Type, text: str, scene: Scene) -> Answer | str:
    phrases = scene.phrases
    if not text:
        return phrases.words_wanted
    if len(text) > LONGEST_ANSWER:
        return phrases.too_long
    match kind:
        case Type.EMAIL:
            found, wrong = typed.email(text), phrases.not_an_email
        case Type.PHONE:
            found, wrong = typed.phone(text), phrases.not_a_phone
        case Type.URL:
            found, wrong = typed.url(text), phrases.not_a_url
        case _:
            found, wrong = text, phrases.words_wanted
    return wrong if found is None else Words(found)


def written(answer: Answer | None, zone: ZoneInfo) -> tuple[str, ...]:
    """An answer as a form's field shows it again; times as the clock at the person's place has them."""
    match answer:
        case Words(text):
            return (text,)
        case Number(value):
            return (str(value),)
        case Day(value=day):
            return (day.isoformat(),)
        case Clock(value=clock):
            return (clock.isoformat("minutes"),)
        case Moment(value=moment):
            return (moment.astimezone(zone).isoformat(),)
        case Someone(person) if person is not None:
            return (person,)
        case _:
            return ()
