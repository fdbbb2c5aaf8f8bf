"""The verbs of the flow language, one file each. A new verb is its file and one line here."""

from __future__ import annotations

from bot.steps.ask import Ask
from bot.steps.branch import Branch
from bot.steps.call import Call
from bot.steps.choose import Choose
from bot.steps.consent import Consent
from bot.steps.do import Do
from bot.steps.end import End
from bot.steps.form import Form
from bot.steps.if_ import If
from bot.steps.review import Review
from bot.steps.say import Say
from bot.steps.task import Task
from bot.steps.wait import Wait

#: Steps that wait for words, a press or a form.
Question = Ask | Choose | Consent | Form | Review
Step = Say | Question | Task | If | Branch | Call | Wait | Do | End
STEPS: tuple[type[Step], ...] = (
    Say,
    Ask,
    Choose,
    Consent,
    Form,
    Review,
    Task,
    If,
    Branch,
    Call,
    Wait,
    Do,
    End,
)

__all__ = [
    "STEPS",
    "Ask",
    "Branch",
    "Call",
    "Choose",
    "Consent",
    "Do",
    "End",
    "Form",
    "If",
    "Question",
    "Review",
    "Say",
    "Step",
    "Task",
    "Wait",
]
