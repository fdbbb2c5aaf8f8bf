"""Small rules that are combined into what Slack documents of a payload.

A rule is f(value, json_pointer, check). Rules only add errors to `check`; they never raise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any


class Check:
    """What was found in one payload."""

    def __init__(self, surface: str) -> None:
        self.surface = surface
        self.errors: list[str] = []
        self.block_ids: set[str] = set()
        self.focus = self.inputs = self.text_total = self.markdown_total = 0

    def err(self, message: str, pointer: str) -> None:
        self.errors.append(f"{message} [json-pointer:{pointer}]")


Rule = Callable[[Any, str, Check], None]
Rules = Mapping[str, Rule]
PLAIN, MARKDOWN = ("plain_text",), ("mrkdwn",)


def string(hi: int | None = None, lo: int = 1, pattern: str | None = None) -> Rule:
    def rule(v: Any, p: str, c: Check) -> None:
        if not isinstance(v, str):
            c.err("must provide a string", p)
            return
        if len(v) < lo:
            c.err(f"must be more than {lo - 1} characters", p)
        if hi and len(v) > hi:
            c.err(f"must be less than {hi + 1} characters", p)
        if pattern and v and not re.fullmatch(pattern, v):
            c.err("must match the expected format", p)

    return rule


def one_of(*values: str) -> Rule:
    def rule(v: Any, p: str, c: Check) -> None:
        if v not in values:
            c.err("value must be one of: " + ", ".join(values), p)

    return rule


def boolean(v: Any, p: str, c: Check) -> None:
    if not isinstance(v, bool):
        c.err("must provide a boolean", p)


def anything(v: Any, p: str, c: Check) -> None:
    """No rule."""


def integer(lo: int | None = None, hi: int | None = None) -> Rule:
    def rule(v: Any, p: str, c: Check) -> None:
        if not isinstance(v, int) or isinstance(v, bool):
            c.err("must provide an integer", p)
        elif (lo is not None and v < lo) or (hi is not None and v > hi):
            c.err(f"must be between {lo} and {hi}", p)

    return rule


def array(item: Rule, lo: int = 0, hi: int | None = None) -> Rule:
    def rule(v: Any, p: str, c: Check) -> None:
        if not isinstance(v, list):
            c.err("must provide an array", p)
            return
        if len(v) < lo:
            c.err(f"no fewer than {lo} items allowed", p)
        if hi is not None and len(v) > hi:
            c.err(f"no more than {hi} items allowed", p)
        for i, x in enumerate(v):
            item(x, f"{p}/{i}", c)

    return rule


def obj(required: Rules | None = None, optional: Rules | None = None, extra: Rule | None = None) -> Rule:
    needed = dict(required or {})
    known = {**needed, **(optional or {})}

    def rule(v: Any, p: str, c: Check) -> None:
        if not isinstance(v, dict):
            c.err("must provide an object", p)
            return
        for k in needed:
            if k not in v:
                c.err(f"missing required field: {k}", p)
        for k, x in v.items():
            if k not in known:
                c.err(f"invalid additional property: {k}", p)
            else:
                known[k](x, f"{p}/{k}", c)
        if extra:
            extra(v, p, c)

    return rule


def text(hi: int, kinds: tuple[str, ...] = PLAIN + MARKDOWN) -> Rule:
    def rule(v: Any, p: str, c: Check) -> None:
        if not isinstance(v, dict):
            c.err("must provide an object", p)
            return
        kind = v.get("type")
        if kind not in kinds:
            c.err(f"unsupported type: {kind} (expected {' or '.join(kinds)})", f"{p}/type")
            return
        more = {"emoji": boolean} if kind == "plain_text" else {"verbatim": boolean}
        obj({"type": anything, "text": string(hi)}, more)(v, p, c)
        c.text_total += len(v["text"]) if isinstance(v.get("text"), str) else 0

    return rule


def by_type(table: Rules) -> Rule:
    def rule(v: Any, p: str, c: Check) -> None:
        if not isinstance(v, dict) or not isinstance(v.get("type"), str):
            c.err("missing required field: type", p)
        elif v["type"] not in table:
            c.err(f"unsupported type: {v['type']}", f"{p}/type")
        else:
            table[v["type"]](v, p, c)

    return rule


def exclusive(*names: str) -> Rule:
    def rule(v: Any, p: str, c: Check) -> None:
        if sum(n in v for n in names) != 1:
            c.err("must provide exactly one of: " + ", ".join(names), p)

    return rule


def ordered(lo: str, hi: str) -> Rule:
    """The value under `lo` does not exceed that under `hi`."""

    def rule(v: Any, p: str, c: Check) -> None:
        try:
            if lo in v and hi in v and float(v[lo]) > float(v[hi]):
                c.err(f"{lo} must not exceed {hi}", p)
        except (TypeError, ValueError):
            c.err(f"{lo}/{hi} must be numeric", p)

    return rule
