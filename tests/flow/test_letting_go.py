"""The owner lets go: by a word at any time, from *Ask for help*, with a note that only the next owner reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.answers import Words
from bot.core.case_commands import HandOver, Recuse
from bot.core.events import Command
from bot.core.facts import CaseView, Takers
from bot.core.messages import Asks, Input
from bot.core.people import PersonId, Role
from bot.core.replies import Show
from bot.core.texts import LONGEST_ANSWER
from tests.flow.tasks import TWO, owner
from tests.talking import Conversation, talk
from tests.workplace import ADA, BEA, CEM, DAN, MIA, facts

HAS_IT = replace(facts().view, opened=True, owner=MIA)


OFFERED = Takers(frozenset({BEA, CEM}), (BEA, CEM))


def has_it() -> Conversation:
    return owner(TWO, view=HAS_IT, takers=lambda: OFFERED)


def test_a_word_opens_the_form_and_leaves_a_button() -> None:
    """Who, and what helps the next one; a button stands there until it is sent."""
    a = has_it().says("hand over")
    assert (a.form.title, a.form.submit) == ("Hand over", "Hand over")
    assert [(f.id, f.input, f.required) for f in a.form.fields] == [
        ("who", Input.PERSON, True),
        ("note", Input.PARAGRAPH, False),
    ]
    assert (a.last.asks, a.last.form) == (Asks.FORM, a.form)
    assert a.opens("hand-over").form.title == "Hand over"
    assert a.shown == []  # it stands there already
    assert has_it().commands(Command.RECUSE).form.submit == "I cannot have this case"


@pytest.mark.parametrize(("who", "to"), [(BEA, BEA), ("Bea Falk", BEA)])
def test_it_is_handed_to_whoever_is_named(who: str, to: PersonId) -> None:
    """By the directory's list, or by name."""
    a = has_it().says("hand over").submits("hand-over", who=who, note="She would rather be called after four.")
    assert a.decided == [HandOver(to)]
    assert a.form_closed
    given = a.session.answers["talk.note_before"]
    assert (given.answer, given.readers) == (Words("She would rather be called after four."), {Role.OWNER})


def test_what_cannot_be_taken_is_told_at_its_field() -> None:
    """Nobody by that name, or far too much: the form stays open, and nothing is lost."""
    a = has_it().says("hand over")
    assert a.submits("hand-over", who="Nobody Here", note="x" * (LONGEST_ANSWER + 1)).errors.keys() == {"who", "note"}
    assert a.submits("hand-over", who=MIA.title()).errors.keys() == {"who"}
    assert a.submits("recuse", note="x" * (LONGEST_ANSWER + 1)).errors.keys() == {"note"}
    assert (a.decided, a.session.answers) == ([], {})


def test_those_alone_are_offered_who_could_take_it() -> None:
    """Of whoever is named all the same it is told at the field, and what was typed with it stands there still."""
    a = has_it().says("hand over")
    assert [f.among for f in a.form.fields] == [(BEA, CEM), None]
    for who in (DAN, "Dan Krogh", MIA, ADA):
        a.submits("hand-over", who=who, note="After four.")
        assert a.errors == {"who": "I cannot ask that person just now. Please choose somebody else."}
    assert (a.decided, a.effects) == ([], [])
    assert a.submits("hand-over", who=CEM, note="After four.").decided == [HandOver(CEM)]


def test_no_reason_is_needed() -> None:
    """An empty form is enough, and leaves no note."""
    a = has_it().says("I can't take this case").submits("recuse")
    assert a.decided == [Recuse()]
    assert "talk.note_before" not in a.session.answers


def test_the_next_owner_reads_the_note() -> None:
    """With what was recorded, outside the chat."""
    a = has_it().says("hand over").submits("hand-over", who=BEA, note="After four.")
    a.is_taken_over_by(BEA)
    a.commands(Command.READ)
    assert isinstance(a.reply, Show)
    assert [(f.label, f.value) for f in a.reply.facts] == [
        ("Employee", "Ada Holm"),
        ("A note from whoever had the case before", "After four\\."),
    ]


@pytest.mark.parametrize(
    "view", [facts().view, replace(HAS_IT, owner=BEA), replace(HAS_IT, opened=False), replace(HAS_IT, owner=None)]
)
def test_only_whoever_has_a_case_lets_go_of_it(view: CaseView) -> None:
    """Everybody else is told so, and the talk goes on."""
    for word in ("hand over", "I am not impartial"):
        a = owner(TWO, view=view).says(word)
        assert a.shown[0] == "You have no case just now that somebody else could take over."
        assert a.decided == []
    late = owner(TWO, view=view)
    late.presses("later")
    assert late.submits("recuse").decided == []
    assert late.shown == ["You have no case just now that somebody else could take over."]


def test_a_reporter_has_none() -> None:
    """A worn-out word is never one of these."""
    a = talk("- ask: What happened?\n  id: what\n  type: text", view=replace(facts().view, opened=True, owner=MIA))
    assert a.session.person == ADA
    assert a.says("hand over").shown[0].startswith("You have no case")
    for word in ("I can't take this", "I cannot take this any more", "I can't go on", "jeg kan ikke mere"):
        assert not any(text.startswith("You have no case") for text in a.says(word).shown)


def test_asking_for_help_offers_both() -> None:
    """Whoever is stuck finds the way out there."""
    a = has_it().presses("help")
    assert a.ways_out == ["hand_over", "recuse"]
