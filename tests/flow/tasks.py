"""Playbooks with tasks, and their owner."""

from __future__ import annotations

from typing import Unpack

from tests.changes import FactsChange
from tests.talking import Conversation, talk
from tests.workplace import MIA

TWO = """
- task: Call the employee
  id: call
  required: true
  why: Many lack the energy to ask.
  how:
  - Do it yourself
  say_this:
  - It is not your fault.
  avoid:
  - Are you sure?
  due:
    critical: 1 hour
    otherwise: 1 working day
  remind: 30 min before
- task: Write it down
  id: write
- end: That was it.
"""

RECORDED = """
- task: First
  id: one
  record:
  - choose: How is it?
    id: state
    options:
      ok: All right
      unsafe: Afraid
  then:
  - do: raise
    to: critical
    when: state is unsafe
  - ask: What did you do at first?
    id: did_one
- task: Second
  id: two
  record:
  - ask: A word
    id: word
  then:
  - ask: What did you do then?
    id: did_two
- say: All done, {did_one}, {did_two}.
- end: Goodbye
"""


def owner(steps: str, **changes: Unpack[FactsChange]) -> Conversation:
    return talk(steps, audience="owner", person=MIA, **changes)
