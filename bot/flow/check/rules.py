"""Every rule that a problem may name, each with the paragraph that `flows check --explain RULE` shows."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from bot.flow.check.rules_of_files import RULES as OF_FILES
from bot.flow.check.rules_of_flows import RULES as OF_FLOWS
from bot.flow.check.rules_of_packs import RULES as OF_PACKS
from bot.flow.yaml import RULES as OF_YAML

RULES: Mapping[str, str] = MappingProxyType({**OF_YAML, **OF_FILES, **OF_FLOWS, **OF_PACKS})
