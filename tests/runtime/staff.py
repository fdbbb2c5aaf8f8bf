"""Everybody in the sample file, whomever a house was given since."""

from __future__ import annotations

from bot.core.people import People
from tests.runtime import making

REAL = making.setting


def people() -> People:
    return REAL().people


def without(*names: str) -> People:
    return People({p.id: p for p in people() if p.first_name not in names})
