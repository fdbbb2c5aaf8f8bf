"""Every rule that a problem names has its paragraph for `flows check --explain`."""

from __future__ import annotations

import ast
from pathlib import Path

from bot.flow.check import RULES

ROOT = Path(__file__).parents[2]
FILES = ("bot/flow/translate.py", "bot/flow/country.py", "bot/flow/library.py", "adapters/files/flows.py")
#: Which argument of a call is the rule.
AT = {"add": 1, "problem": 1, "note": 1, "Problem": 3}


def rules(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            rule = node.args[AT[name]] if len(node.args) > AT.get(name, 9) else None
            if isinstance(rule, ast.Constant) and isinstance(rule.value, str):
                found.add(rule.value)
    return found


def test_every_rule_of_translations_and_packs_is_explained() -> None:
    named = set().union(*(rules(ROOT / file) for file in FILES))
    assert {"translation-was", "country-doubt", "file-name", "file-read"} <= named
    assert named - set(RULES) == set()
