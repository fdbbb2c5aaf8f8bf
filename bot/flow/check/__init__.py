"""What `flows check` knows beyond single files: whether all flows together say what can be done.

Rule 1. Nothing here changes a flow or stops at the first mistake: every problem is found, each once, in file order.
Rule 2. What needs every path with every answer is left to `prove`; here paths are joined, so that it stays quick.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.core.facts import Country
from bot.errors import Problem
from bot.flow.check.bounds import check_bounds
from bot.flow.check.branches import check_branches
from bot.flow.check.conditions import check_conditions
from bot.flow.check.ids import check_beginnings, check_flow_names, check_ids, check_same_flow, check_words
from bot.flow.check.order import check_order
from bot.flow.check.readers import check_readers
from bot.flow.check.rules import RULES
from bot.flow.check.scope import Scope
from bot.flow.check.tasks import check_tasks
from bot.flow.check.texts import check_texts, known_placeholders
from bot.flow.model import Flow
from bot.steps.names import FIXED


def check(
    flows: Sequence[Flow], country: Country | None, *, known_platform: Sequence[str] = FIXED
) -> tuple[Problem, ...]:
    """Every problem of these flows, in file order.

    Without a country pack its names are taken as they come. `known_platform` are the placeholders that the bot fills
    by itself, with NAME for a name of the country pack.
    """
    first = {flow.name: flow for flow in reversed(flows)}
    scope = Scope(first, country, known_placeholders(country, tuple(known_platform)))
    return tuple(sorted(set(_between(flows, scope)) | {found for flow in flows for found in check_flow(scope, flow)}))


def check_flow(scope: Scope, flow: Flow) -> Iterator[Problem]:
    """What can be said of one flow, step by step, in the light of the others."""
    yield from check_ids(flow)
    yield from check_flow_names(scope, flow)
    yield from check_beginnings(scope, flow)
    yield from check_conditions(scope, flow)
    yield from check_branches(scope, flow)
    yield from check_texts(scope, flow)
    yield from check_readers(scope, flow)
    yield from check_tasks(scope, flow)
    yield from check_bounds(flow)


def _between(flows: Sequence[Flow], scope: Scope) -> Iterator[Problem]:
    yield from check_same_flow(flows)
    yield from check_words(flows)
    yield from check_order(scope)


__all__ = ["RULES", "Scope", "check", "check_flow"]
