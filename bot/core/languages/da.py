"""Dansk."""

from __future__ import annotations

from dataclasses import replace

from bot.core.languages.en import ENGLISH

DANISH = replace(ENGLISH, code="da", name="Dansk", called=("dansk", "danish", "da"))
