"""What whoever had a talk before has given, and whoever has it now may not read, is not there for the talk."""

from __future__ import annotations

from dataclasses import replace

from bot.core.answers import Words
from bot.core.events import Command
from bot.core.people import PersonId, Role
from bot.core.replies import Show
from bot.core.session import Given
from bot.runtime.talks import handed
from tests.talking import Conversation, talk
from tests.workplace import MIA, NOW

STORY = """
- ask: What happened?
  id: story
  type: paragraph
- ask: And then?
  id: then
  type: paragraph
- review: Is this right?
"""


def told() -> Conversation:
    """The first question is answered, the second is asked."""
    return talk(STORY).submits(story="zq he wrote again")


def as_next(a: Conversation, *roles: Role) -> Conversation:
    """The same talk, in the hands of the next one."""
    a.session = handed(a.session, MIA, frozenset(roles), "en", "terminal")
    return a


def test_what_the_next_one_may_not_read_is_in_no_form_and_in_no_text() -> None:
    a = as_next(told(), Role.SAFETY_REP)
    assert a.session.answers["talk.story"].foreign
    a.says("back")
    assert a.last.form is not None
    assert a.last.form.fields[0].initial == ()
    b = as_next(told(), Role.SAFETY_REP).submits(then="zq mine")
    assert [fact.label for fact in b.last.facts] == ["And then?"]
    shown = b.commands(Command.READ).reply
    assert isinstance(shown, Show)
    assert [fact.value for fact in shown.facts] == ["Ada Holm", "zq mine"]


def test_what_the_next_one_may_read_stands_there() -> None:
    a = as_next(told(), Role.HR)
    assert not a.session.answers["talk.story"].foreign
    a.says("back")
    assert a.last.form is not None
    assert a.last.form.fields[0].initial == ("zq he wrote again",)


def test_what_was_typed_and_not_given_stays_with_who_typed_it() -> None:
    a = told()
    held = Given(Words("zq not yet"), frozenset({Role.HR}), NOW, kept=True, held=True)
    undone = Given(Words("zq undone"), frozenset({Role.REPORTER}), NOW, kept=True)
    again = replace(undone, readers=frozenset({Role.HR}))
    answers = {"talk.held": held, "talk.undone": undone, "talk.again": again}
    found = handed(
        replace(a.session, answers=answers, opened="talk.then"), PersonId("mia"), frozenset({Role.HR}), "da", "x"
    )
    assert (found.answers, found.opened, found.language) == ({"talk.again": again}, None, "da")
