"""A report with a question of each turn that a walk can take."""

from __future__ import annotations

from typing import Unpack

from tests.changes import FactsChange
from tests.talking import Conversation, talk

REPORT = """
- choose: Who did it?
  id: who
  means: accused
  options:
    customer: A customer
    colleague: A colleague
    manager: My manager
- ask: Which colleague?
  id: colleague
  type: person
  means: accused
  when: who is colleague
- consent: Who may know?
  id: may_know
  required: true
  options:
    manager: My manager
    hr: HR
- if: nobody in may_know
  then:
  - end: Nothing is sent.
- say: Now the story.
- form: What happened
  id: what
  fields:
  - ask: Tell it
    id: story
    type: paragraph
- review: Is this right?
- do: open_case
- choose: More?
  id: more
  options:
    y: Y
    n: N
- end: Goodbye
"""


def told(*, refuses: bool = False, **changes: Unpack[FactsChange]) -> Conversation:
    """A report up to its review."""
    return (
        talk(REPORT, refuses=refuses, **changes)
        .presses("customer")
        .presses("manager", "hr")
        .submits(story="They wrote")
    )
