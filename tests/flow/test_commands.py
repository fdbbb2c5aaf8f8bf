"""What everybody can always say: back, skip, pause, stop, delete, help, language, who can see this, hide, …"""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack

import pytest

from bot.core.answers import One, Skipped, Words
from bot.core.case_commands import Reopen, WithdrawCase
from bot.core.effects import AskWhoMayKnow, Delete, Erase, NoteRead, TellWhoSees
from bot.core.events import Command
from bot.core.people import Role
from bot.core.replies import Show
from bot.core.session import Given, Status
from tests.changes import ViewChange
from tests.talking import Conversation, talk
from tests.workplace import ADA, BEA, MIA, NOW
from tests.written import danish, flow_of

STEPS = """
- choose: First?
  id: first
  required: true
  options:
    a: A
    b: B
- ask: Second?
  id: second
- choose: Third?
  id: third
  options:
    a: A
    b: B
"""
ENDED = "That talk has ended. Write *report* if there is something new."


def opened(**changes: Unpack[ViewChange]) -> Conversation:
    """A report that has been sent, and asks something behind that."""
    return talk(STEPS).view(opened=True, owner=MIA).view(**changes)


def test_back() -> None:
    """Back asks the question before, and again the one before that; at the first there is nothing."""
    a = talk(STEPS).presses("a").says("words")
    assert a.asking == "third"
    assert a.says("back").asking == "second"
    assert a.removed == ["talk.third"]  # its buttons go with it
    assert a.answer("second") is None
    assert a.commands(Command.BACK, "second").asking == "first"
    assert a.says("back").shown == ["This is the first question, so there is nothing to go back to.", "First?"]
    a.presses("b")
    assert a.asking == "third"  # the second answer still fits
    assert (a.answer("first"), a.answer("second")) == (One("b"), Words("words"))


def test_back_behind_what_was_sent() -> None:
    """What was sent is sent: back says so."""
    assert opened().says("back").shown[0] == "What came before this has been sent, so I cannot go back to it."


def test_back_from_a_doubt() -> None:
    """Back out of a question that was asked back is that question."""
    a = talk("- choose: What?\n  id: w\n  options:\n    t: Threats\n    o: Others").says("threads").says("back")
    assert a.shown == ["What?"]
    assert a.session.doubt is None


def test_the_second_press_of_back_or_skip_is_none() -> None:
    """A button of an earlier question goes neither back nor on."""
    a = talk(STEPS).presses("a").commands(Command.SKIP, "first")
    assert a.shown == ["That button belongs to an earlier question. Here is where we are:", "Second?"]
    assert a.commands(Command.BACK, "second").asking == "first"
    assert a.commands(Command.BACK, "second").asking == "first"


def test_skip() -> None:
    """Skip leaves a question unanswered, unless an answer is needed."""
    a = talk(STEPS).commands(Command.SKIP, "first")
    assert a.shown[0].startswith("I need an answer to this one")
    assert a.presses("a").says("skip").answer("second") == Skipped()
    waiting = talk("- wait: 1 day").says("skip")
    assert waiting.shown[0].startswith("You can write these at any time")


def test_pause_and_resume() -> None:
    """In a break nothing is asked; resume asks again, and so do words, which answer."""
    a = talk(STEPS).says("pause")
    assert a.shown == ["Take the time you need. I will keep your place. Write *resume* when you want to go on."]
    assert a.ways_out == ["resume", "emergency"]
    assert not a.session.waits_for_words
    assert a.says("emergency").shown[-1].startswith("If you are in danger")
    assert a.says("resume").shown == ["Welcome back. We will go on where you were.", "First?"]
    assert talk(STEPS).says("pause").says("A").answer("first") == One("a")


def test_stop() -> None:
    """After a stop nothing is asked, and words do not answer; resume or a press goes on."""
    a = talk(STEPS).says("stop")
    assert a.shown[0].startswith("I have stopped. No report has been sent.")
    assert a.ways_out == ["resume", "delete", "emergency"]
    assert a.says("A").shown[0].startswith("I have stopped.")
    assert a.says("who can see this?").effects == [TellWhoSees()]
    assert a.says("resume").shown[-1] == "First?"
    assert a.says("stop").presses("a").answer("first") == One("a")
    assert talk(STEPS).presses("a").says("stop").says("skip").asking == "third"
    assert talk(STEPS).presses("a").says("stop").commands(Command.BACK).session.status is Status.LIVE


def test_stop_when_a_case_is_open() -> None:
    """A stop does not stop the case, and deletes nothing."""
    a = opened().says("stop")
    assert a.shown[0].startswith("I have stopped asking. The case itself goes on.")
    assert a.ways_out == ["resume", "emergency"]


def test_delete_is_asked_once_more() -> None:
    """Deleting is asked back; yes deletes answers and messages, and ends the talk."""
    a = talk(STEPS).says("delete")
    assert a.shown[0].startswith("This deletes what you have told me here.")
    assert a.choices == {"sure": "Yes", "none_of_these": "No"}
    a.presses("sure", step="confirm-delete")
    assert [type(e) for e in a.effects if isinstance(e, Delete | Erase)] == [Delete, Erase]
    assert a.shown[0].startswith("I have deleted your answers")
    assert a.ended
    assert talk(STEPS).says("delete").says("yes").ended


def test_delete_is_thought_over() -> None:
    """No asks where the talk was; a press on the question that comes too late is told."""
    a = talk(STEPS).says("delete").presses("none_of_these", step="confirm-delete")
    assert a.shown == ["First?"]
    assert a.presses("sure", step="confirm-delete").shown == ["I have that already."]
    assert not a.ended
    assert talk(STEPS).says("pause").says("delete").says("no").shown == ["First?"]
    b = talk(STEPS).says("delete").says("A")  # neither yes nor no
    assert b.answer("first") == One("a")


def test_delete_after_a_stop() -> None:
    """After a stop, no leaves it at that; so do words that are neither yes nor no."""
    a = talk(STEPS).says("stop").says("delete").says("no")
    assert a.shown[0].startswith("I have stopped.")
    assert len(a.messages) == 1
    assert a.session.status is Status.STOPPED
    b = talk(STEPS).says("stop").says("delete").says("A")
    assert b.shown[0].startswith("I have stopped.")
    assert b.answer("first") is None
    assert talk(STEPS).says("stop").says("delete").says("yes").ended


def test_delete_behind_the_end() -> None:
    """What a talk told that was never sent can be deleted behind its end, too."""
    a = talk("- say: Bye").says("delete").says("no")
    assert a.shown == ["All right. I have changed nothing."]
    assert any(isinstance(e, Erase) for e in a.says("delete").says("yes").effects)


def test_what_was_sent_is_withdrawn_not_deleted() -> None:
    """A case that is open is withdrawn by its reporter, asked once more; nobody deletes it."""
    assert opened().says("delete").shown[0].startswith("This has been sent, so I cannot delete it here.")
    a = opened().says("withdraw")
    assert a.shown[0].startswith("This withdraws your report.")
    assert a.presses("sure", step="confirm-withdraw").decided == [WithdrawCase()]
    assert opened().says("withdraw").says("yes").decided == [WithdrawCase()]
    assert opened(reporter=BEA).says("withdraw").shown == ["I find no report of yours to withdraw."]
    assert talk(STEPS).says("withdraw").shown[0].startswith("This deletes what you have told me here.")


def test_it_is_not_over() -> None:
    """Whether the case is closed, and may be opened again, is the case's to decide; the talk goes on where it was."""
    a = opened().says("It is not over")
    assert a.decided == [Reopen()]
    assert a.shown == ["First?"]


def test_help_and_emergency() -> None:
    """Help says what can be written; both say whom to call, and ask again where the talk was."""
    a = talk(STEPS).says("help")
    assert a.shown[0].startswith("You can write these at any time")
    assert "call **112** now" in a.shown[1]
    assert "- The lifeline: 70 201 201" in a.shown[1]
    assert a.shown[2] == "First?"
    assert talk(STEPS, language="da").says("akut").shown[0].startswith("Er du i fare, så ring **112** nu.")


def test_language() -> None:
    """A language is asked for by name, or chosen from all there are; the question comes again in it."""
    flow = danish(flow_of(STEPS), {"First?": "Første?"})
    a = talk(flow).says("dansk")
    assert a.shown == ["Fra nu af skriver jeg på dansk.", "Første?"]
    a.says("language")
    assert a.choices == {"en": "English", "da": "Dansk"}
    assert a.presses("en", step="which-language").shown == ["I will write in English from now on.", "First?"]
    assert a.presses("xx", step="which-language").shown == ["First?"]
    assert a.presses("en", "da", step="which-language").shown[0].startswith("That button belongs")


def test_who_can_see_this() -> None:
    """The case answers, and the question is shown again."""
    a = talk(STEPS).says("who can see this?")
    assert a.effects[0] == TellWhoSees()
    assert a.shown == ["First?"]


CONSENT = """
- consent: Who may know?
  id: may_know
  options:
    hr: HR
- ask: And then?
  id: then
"""


def test_who_may_know_is_asked_again_before_it_is_sent() -> None:
    a = talk(CONSENT).says("change who may know")
    assert a.shown == ["Nothing has been sent yet. I ask you who may know before anything is.", "Who may know?"]
    a.presses("hr")
    assert a.asking == "then"
    assert a.says("who may know?").shown == ["Who may know?"]
    assert a.presses("nobody").asking == "then"
    assert talk("- say: Bye").says("change who may know").shown == [ENDED]


def test_who_may_know_of_what_was_sent_is_the_reporters_to_change() -> None:
    assert opened().says("change who may know").effects == [AskWhoMayKnow()]
    handler = talk(STEPS, person=MIA).view(opened=True).says("change who may know")
    assert handler.effects[0] == TellWhoSees()


def test_hide() -> None:
    """Hide takes away what the bot wrote, and says what it cannot take away."""
    a = talk(STEPS).says("hide")
    assert a.effects[0] == Delete(ADA)
    assert a.shown[0].startswith("I have removed my messages here.")
    assert a.shown[0].endswith("Write *resume* to go on.")
    over = talk("- say: Bye").says("hide")
    assert over.shown[0].startswith("I have removed my messages here.")
    assert "resume" not in over.shown[0]  # nothing is left to go on with


def test_read() -> None:
    """What was told is shown on request, never in the chat, and that it was read is written down."""
    report = flow_of("- ask: What happened?\n  id: story\n- ask: Where?\n  id: where", name="report")
    owner = frozenset({Role.OWNER})
    shared = {
        "report.story": Given(Words("They wrote"), owner, NOW),
        "report.where": Given(Skipped(), owner, NOW),
        "gone.it": Given(Words("x"), owner, NOW),
    }
    a = talk(flow_of("- ask: A word?\n  id: word"), report, person=MIA, shared=shared).says("read")
    assert isinstance(a.reply, Show)
    assert [(f.label, f.value) for f in a.reply.facts] == [("Employee", "Ada Holm"), ("What happened?", "They wrote")]
    assert a.effects == [NoteRead(MIA)]
    assert talk(STEPS).says("read").shown[0] == "There is nothing here for you to read yet."


@pytest.mark.parametrize(
    ("said", "shown"), [("back", ENDED), ("skip", ENDED), ("pause", ENDED), ("stop", ENDED), ("hello", ENDED)]
)
def test_behind_the_end(said: str, shown: str) -> None:
    """What has no meaning behind the end says so, and changes nothing."""
    a = talk("- say: Bye").says(said)
    assert a.shown == [shown]
    assert a.ended


def test_going_on_behind_the_end() -> None:
    """There is nothing to resume, and nothing to go back to in what was sent."""
    assert talk("- say: Bye").says("resume").shown == [ENDED]
    a = talk("- say: Bye").view(opened=True).says("back")
    assert a.shown == ["What came before this has been sent, so I cannot go back to it."]
    a.session = replace(a.session, status=Status.ENDED)
    assert a.says("emergency").shown[0].startswith("If you are in danger")
