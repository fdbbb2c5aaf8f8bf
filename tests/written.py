"""Flows that are written in a test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from textwrap import dedent

from bot.flow.load import load_flow
from bot.flow.model import Flow, Translation
from bot.flow.translate import load_translation


def flow_of(steps: str, *, name: str = "talk", audience: str = "reporter", head: str = "") -> Flow:
    """A flow without a mistake, from the text of its steps."""
    text = (
        f"bistand: 1\nflow: {name}\ntitle: The {name}\naudience: {audience}\nlanguage: en\n"
        f"visible_to: [owner, hr]\n{dedent(head).strip()}\nsteps:\n{dedent(steps).strip()}\n"
    )
    flow, problems = load_flow(text, f"{name}.yaml")
    assert not problems, problems
    assert flow is not None
    return flow


def problems_of(steps: str, *, head: str = "") -> dict[str, str]:
    """The mistakes of a flow: rule and message."""
    text = (
        "bistand: 1\nflow: talk\ntitle: The talk\naudience: reporter\nlanguage: en\n"
        f"visible_to: [owner, hr]\n{dedent(head).strip()}\nsteps:\n{dedent(steps).strip()}\n"
    )
    _, problems = load_flow(text, "talk.yaml")
    return {problem.rule: problem.message for problem in problems}


def danish(flow: Flow, texts: Mapping[str, str]) -> Flow:
    """The flow with a Danish translation: Danish by English."""
    lines = "".join(f"- en: {english}\n  da: {dansk}\n" for english, dansk in texts.items())
    made, problems = load_translation(f"translation: {flow.name}\nfrom: en\nto: da\ntexts:\n{lines}", "talk.da.yaml")
    assert made is not None, problems
    translations: Mapping[str, Translation] = {"da": made}
    return replace(flow, translations=translations)
