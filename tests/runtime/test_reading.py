"""One more reader while the bot runs: the form of the question, the button to read, and what comes too late."""

from __future__ import annotations

from dataclasses import replace

from bot.cases import alerts
from bot.cases.case import CaseFile, ReaderAsked
from bot.cases.permissions import Action
from bot.core.events import Chose, Opened, Submitted
from bot.core.ids import Token
from bot.core.languages.en import ENGLISH
from bot.core.people import Role
from bot.core.replies import FormErrors, OpenForm, Show
from bot.runtime import warrants
from bot.runtime.case_turn import CaseTurn
from bot.runtime.compose import compose
from bot.runtime.owe import barred
from tests.runtime.making import START, setting
from tests.runtime.test_consent import ANA, CASE, HANNE, LUIS, file, person

OMAR = person("Omar")
QUESTION = Token(CASE, None, alerts.MAY_READ, 1)


def asked(*, hidden: bool = False) -> CaseFile:
    """Luis has asked whether Omar may read it."""
    before = file(hidden=hidden)
    return replace(before, case=replace(before.case, readers_asked=(ReaderAsked(OMAR, LUIS, "The links"),)))


def submit(before: CaseFile, **values: tuple[str, ...]) -> CaseTurn:
    return compose(before, Submitted("e1", START, ANA, "simulation", QUESTION, values), None, setting(), START)


def test_the_question_opens_as_a_form_until_it_is_answered() -> None:
    opened = Opened("e1", START, ANA, "simulation", QUESTION)
    reply = compose(asked(), opened, None, setting(), START).reply
    assert isinstance(reply, OpenForm)
    assert reply.form.fields[0].hint == "What it is for: The links"
    turn = compose(submit(asked(), may=("no",)).file, opened, None, setting(), START)
    assert not isinstance(turn.reply, OpenForm)
    assert ENGLISH.knowing.name_no_more in repr(turn.effects)


def test_nothing_chosen_changes_nothing() -> None:
    for values in ((), ("perhaps",), ("yes", "no")):
        turn = submit(asked(), may=values)
        assert isinstance(turn.reply, FormErrors)
        assert turn.file.case.readers_asked == asked().case.readers_asked


def test_a_reader_reads_by_the_button_and_that_is_written_down() -> None:
    let_in = submit(asked(), may=("yes",)).file
    pressed = Chose("e2", START, OMAR, "simulation", Token(CASE, None, alerts.READER, 1), ("read",))
    turn = compose(let_in, pressed, None, setting(), START)
    assert isinstance(turn.reply, Show)
    assert OMAR in turn.file.case.read_by
    assert ("read", OMAR) in [(noted.kind, noted.person) for noted in turn.noted]
    people = setting().people
    assert warrants.for_press(pressed, pressed.token, people).action is Action.READ
    answer = Submitted("e3", START, ANA, "simulation", QUESTION, {})
    assert warrants.for_press(answer, QUESTION, people).action is Action.CHANGE_CONSENT


def test_the_form_of_who_may_know_takes_a_reader_out_and_in() -> None:
    let_in = submit(asked(), may=("yes",)).file
    sharing = Token(CASE, None, "sharing", 0)

    def change(before: CaseFile, *who: str) -> CaseFile:
        event = Submitted("e2", START, ANA, "simulation", sharing, {"who": who})
        return compose(before, event, None, setting(), START).file

    out = change(let_in, "manager", "hr")
    assert out.case.consent.readers == frozenset()
    assert change(out, "manager", "hr", f"reads:{OMAR}").case.consent.readers == {OMAR}
    assert change(out, "manager", "hr", f"reads:{HANNE}").case.consent.readers == frozenset()
    assert out.case.consent.roles == {Role.MANAGER, Role.HR}


def test_what_waits_for_a_reader_who_is_left_out_is_dropped() -> None:
    let_in = submit(asked(), may=("yes",)).file
    out = replace(let_in, case=replace(let_in.case, accused=frozenset({OMAR})))
    assert OMAR in {person for person, _ in barred(out, setting().people)}
    assert OMAR not in {person for person, _ in barred(let_in, setting().people)}
