"""Names as they are written, and the marks of YAML's that flows do not have."""

from __future__ import annotations

from bot.flow.yaml.draft import Draft
from bot.flow.yaml.lines import Flaw, Key
from bot.flow.yaml.values import quote, split_property

NAME_INDICATORS = frozenset("*{}[]>|@`%!&,")


def check_name(draft: Draft, row: int, at: int, key: Key, dash: str, rest: str) -> str:
    """Reports how a name is written; returns how its line should begin, as in "- say: "."""
    shown = f"{dash}{key.text}: "
    match key.flaw:
        case Flaw.TIGHT:
            message = f'a space is missing after "{key.text}:". Write:  {shown}{rest}'
            draft.report("yaml-missing-space", row, at + key.end, message)
        case Flaw.COLON:
            message = f'":" is missing after "{key.text}". Write:  {shown}{rest}'.rstrip()
            draft.report("yaml-missing-colon", row, at + key.end, message)
        case Flaw.SMART:
            shown = f"{dash}{quote(key.text)}: "
            message = f"“ and ” are not quotes to YAML. Write:  {shown}{rest}".rstrip()
            draft.report("yaml-quote", row, at, message)
        case Flaw.NONE if key.raw[0] in "\"'":
            shown = f"{dash}{key.raw}: "
        case Flaw.NONE if key.raw[0] in NAME_INDICATORS or key.raw[:2] in {"? ", "- "}:
            shown = f"{dash}{quote(key.text)}: "
            message = f"a name cannot begin with {key.raw[0]} in YAML. Write:  {shown}{rest}".rstrip()
            draft.report("yaml-starts-with", row, at, message)
        case _:
            pass
    return shown


def without_property(draft: Draft, row: int, at: int, content: str, shown: str) -> tuple[int, str]:
    """Takes anchors and tags away and reports them; returns where the rest stands, and the rest."""
    while found := split_property(content):
        sign, end = found
        rest = content[end:]
        kind, rule = ("an anchor", "yaml-anchor") if sign[0] == "&" else ("a tag", "yaml-tag")
        line = f"{shown}{rest}".rstrip()
        remedy = f"Write:  {line}" if line else "Remove it."
        if rest and shown.endswith(": "):
            remedy += f"  or, if it is text:  {shown}{quote(content)}"
        draft.report(rule, row, at, f'"{sign}" is {kind} to YAML, which flows do not have. {remedy}')
        at, content = at + end, rest
    return at, content
