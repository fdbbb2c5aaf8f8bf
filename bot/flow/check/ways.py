"""What flows ask of the ways out: whether whoever is on call can be called at all.

Why apart: it needs the operator's settings beside the flows. The simulator, and a check without a platform, have all
ways there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.errors import Problem
from bot.flow.check.scope import problem
from bot.flow.model import Flow
from bot.steps.do import Do, Verb


def check_ways(flows: Sequence[Flow]) -> Iterator[Problem]:
    """Each step that calls, where chat is the only way out."""
    message = "page_on_call needs a way to ring: set pager.url or mail.host in the settings."
    for flow in flows:
        for step in flow.code:
            if isinstance(step, Do) and step.command is Verb.PAGE_ON_CALL:
                yield problem(flow, step.place, "page-without-way", message)
