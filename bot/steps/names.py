"""What a {placeholder} stands for, for one reader.

Rule 1. A placeholder never shows what `reveal` refuses: it reads facts that were cut to this reader already.
Rule 2. `{reporter.…}` reads "the employee" where the reporter stays without a name.
Rule 3. Every value is Markdown: what people typed, and names, are escaped.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never
from zoneinfo import ZoneInfo

from bot.core.answers import Answer, Clock, Day, Files, Many, Moment, Number, One, Skipped, Someone, Words
from bot.core.people import PersonId, Role
from bot.core.texts import escape, fill, shorten
from bot.steps.scene import Scene
from bot.steps.wording import show_clock, show_day, show_list, show_moment, show_number

#: Longest piece of an answer that is quoted in a message, in characters.
LONGEST_QUOTE = 600

#: Placeholders that every flow may use; `NAME` stands for a name of the country pack.
FIXED = (
    "emergency.number",
    "emergency.text",
    "help.NAME.text",
    "help.NAME.number",
    "deadlines.NAME.text",
    "organisation.name",
    "manager.name",
    "deputy.name",
    "hr.name",
    "safety_rep.name",
    "whistleblower_unit.name",
    "on_call.name",
    "reporter.name",
    "reporter.first_name",
    "case.reference",
    "case.level",
    "case.owner.name",
    "case.acknowledge_by",
    "case.open_steps",
)


def resolve(name: str, scene: Scene) -> str:
    """A placeholder's value; where there is none, words that still make a sentence."""
    parts = name.split(".")
    phrases, facts = scene.phrases, scene.facts
    match parts:
        case ["emergency", "number"]:
            return escape(facts.country.emergency.number)
        case ["emergency", "text"]:
            return by_language(facts.country.emergency.text, scene.session.language)
        case ["help", which, "text"] if which in facts.country.help:
            return by_language(facts.country.help[which].text, scene.session.language)
        case ["help", which, "number"] if which in facts.country.help:
            return escape(facts.country.help[which].number)
        case ["deadlines", which, "text"] if which in facts.country.deadlines:
            return by_language(facts.country.deadlines[which].text, scene.session.language)
        case ["organisation", "name"]:
            return escape(facts.organisation)
        case ["reporter", part]:
            reporter = facts.people.get(facts.view.reporter)
            if reporter is None:
                return phrases.the_employee
            return escape(reporter.first_name if part == "first_name" else reporter.name)
        case ["case", *rest]:
            return _case(rest, scene)
        case [("manager" | "deputy" | "hr" | "safety_rep" | "whistleblower_unit" | "on_call") as role, "name"]:
            return _holder(role, scene)
        case _:
            return _answer(name, scene)


def by_language(texts: Mapping[str, str], language: str) -> str:
    """A country pack's text in a language, in English, or in the first there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def role_persons(role: Role, scene: Scene) -> tuple[PersonId, ...]:
    """Who a role in a `consent` stands for: those not involved, a manager's or a holder's deputy after them."""
    people, view = scene.facts.people, scene.facts.view
    reporter = view.reporter
    if role is Role.MANAGER:
        # whoever reads: it is the reporter's manager that is meant, and without a name nobody's
        above = None if view.no_line_manager or reporter is None else people.manager_of(reporter)
        named: tuple[PersonId, ...] = (above,) if above is not None else ()
    else:
        named = people.holders(role)
    free = tuple(p for p in named if p not in view.excluded and p != reporter)
    deputies = (people.deputy_of(p) for p in free)
    more = (d for d in deputies if d is not None and d not in view.excluded and d != reporter and d not in free)
    return tuple(dict.fromkeys((*free, *more)))


def _holder(role: str, scene: Scene) -> str:
    people, phrases = scene.facts.people, scene.phrases
    if role in ("manager", "deputy"):
        persons = role_persons(Role.MANAGER, scene)
        index = 0 if role == "manager" else 1
        if len(persons) <= index:
            if role == "deputy":
                return phrases.somebody
            own = scene.session.person == scene.facts.view.reporter
            return phrases.your_manager if own else phrases.their_manager
        return escape(scene.person_name(persons[index], phrases.somebody))
    out = scene.facts.view.excluded | {scene.facts.view.reporter}
    held = [p for p in people.holders(Role(role)) if p not in out]
    if not held:
        return phrases.role_names[role]
    return show_list([escape(scene.person_name(p, phrases.somebody)) for p in held], scene.session.language)


def _case(rest: list[str], scene: Scene) -> str:
    view, phrases = scene.facts.view, scene.phrases
    match rest:
        case ["reference"]:
            return escape(view.reference)
        case ["level"]:
            return phrases.levels[view.level]
        case ["open_steps"]:
            steps = [fill(text, lambda name: resolve(name, scene)) for text in view.open_steps]
            return show_list(steps, scene.session.language) or phrases.no_open_steps
        case ["owner", "name"]:
            return escape(scene.person_name(view.owner, phrases.somebody))
        case ["acknowledge_by"]:
            return scene.moment(view.acknowledge_by) if view.acknowledge_by is not None else phrases.the_deadline
        case _:
            return phrases.somebody


def _answer(name: str, scene: Scene) -> str:
    full = scene.full(name)
    answer = scene.answer(name)
    if answer is None:
        foreign = not full.startswith(f"{scene.flow}.")
        return scene.phrases.not_shared if foreign else scene.phrases.not_answered
    return show_answer(full, answer, scene, longest=LONGEST_QUOTE)


def show_answer(question: str, answer: Answer, scene: Scene, *, longest: int) -> str:
    """An answer as Markdown in the reader's language; typed text cut to `longest` characters."""
    language, phrases = scene.session.language, scene.phrases
    match answer:
        case Skipped():
            return phrases.not_answered
        case One(option):
            return _label(question, option, scene)
        case Many(options):
            return show_list([_label(question, o, scene) for o in options], language) or phrases.nobody
        case Words(text):
            return escape(shorten(clean_spaces(text), longest))
        case Number(value):
            return scene.label(question, str(value)) or show_number(value, language)
        case Day(value=day):
            return show_day(day, language)
        case Clock(value=clock):
            return show_clock(clock, language)
        case Moment(value=moment):
            return show_moment(moment, scene.facts.now, ZoneInfo(scene.facts.zone), language)
        case Someone(person):
            return escape(scene.person_name(person, phrases.rather_not))
        case Files(files):
            return show_list([escape(f.name) for f in files], language)
        case _:
            assert_never(answer)


def clean_spaces(text: str) -> str:
    """Typed text with its runs of empty lines drawn together, for quoting."""
    return "\n".join(line for line in text.split("\n") if line.strip())


def _label(question: str, option: str, scene: Scene) -> str:
    found = scene.label(question, option)
    if found is None:
        return scene.phrases.nobody if option == "nobody" else escape(option)
    return found
