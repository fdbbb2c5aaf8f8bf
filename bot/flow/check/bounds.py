"""What fits: choices that are choices, labels that both platforms show whole, titles of a line.

Rule 1. An option's text, or a button's, has at most 75 characters: Slack refuses longer ones on buttons and in lists.
Rule 2. A form's title has at most 75 characters; a platform that shows fewer shortens it.
Rule 3. The button that sends a form has at most 24 characters: Slack refuses the whole form otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core.texts import Text
from bot.errors import Problem
from bot.flow.check.scope import place_in, problem
from bot.flow.model import Flow
from bot.steps import Ask, Choose, Consent, Form
from bot.steps.matching import plain

LONGEST_LABEL = 75
LONGEST_TITLE = 75
LONGEST_BUTTON = 24


def check_bounds(flow: Flow) -> Iterator[Problem]:
    if flow.start.button is not None:
        yield from _labels(flow, (flow.start.button,))
    for question in flow.questions.values():
        yield from _labels(flow, labels(question))
        if isinstance(question, Choose) and len(question.options) == 1:
            message = "one option is no choice. Add another one, or use say:"
            yield problem(flow, question.place, "one-option", message)
    for step in flow.code:
        if isinstance(step, Form) and len(step.text.source) > LONGEST_TITLE:
            message = f"this title has {len(step.text.source)} characters; {LONGEST_TITLE} fit. Make it shorter."
            yield problem(flow, place_in(step.text, 0), "title-too-long", message)
        if isinstance(step, Form) and step.button is not None and len(step.button.source) > LONGEST_BUTTON:
            message = f"this button has {len(step.button.source)} characters; {LONGEST_BUTTON} fit. Say what it does."
            yield problem(flow, place_in(step.button, 0), "button-too-long", message)


def labels(question: Ask | Choose | Consent) -> tuple[Text, ...]:
    """The texts that stand on buttons or in lists."""
    if isinstance(question, Ask):
        return tuple(text for _, text in question.labels)
    named = tuple(text for _, text in question.options)
    return (*named, question.without_name) if isinstance(question, Consent) and question.without_name else named


def _labels(flow: Flow, texts: Sequence[Text]) -> Iterator[Problem]:
    before: dict[str, Text] = {}
    for text in texts:
        said = plain(text.source)
        if len(text.source) > LONGEST_LABEL:
            message = f"this option has {len(text.source)} characters; {LONGEST_LABEL} fit. Put the rest in a hint."
            yield problem(flow, place_in(text, 0), "option-too-long", message)
        if said in before:
            message = f"this reads like the option in line {before[said].line}. People could not tell them apart."
            yield problem(flow, place_in(text, 0), "same-option", message)
        before.setdefault(said, text)
