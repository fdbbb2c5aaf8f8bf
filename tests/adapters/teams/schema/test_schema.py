"""Our manifest, and its translations, against Microsoft's own schemas.

They are not shipped, and come with `npm ci` in this folder; where they are not, these tests are skipped.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker

from adapters.teams.manifest import SCHEMA_VERSION, Publisher, manifest, translations

HERE = Path(__file__).parent
SCHEMAS = HERE / f"node_modules/@microsoft/app-manifest/build/json-schemas/teams/v{SCHEMA_VERSION}"
APP = "22222222-2222-4222-8222-222222222222"
PUBLISHER = Publisher(name="N" * 40, website="https://a.org", privacy="https://a.org/p", terms="https://a.org/t")

pytestmark = pytest.mark.skipif(not SCHEMAS.is_dir(), reason="npm ci in tests/adapters/teams/schema")


def wrong(name: str, made: object) -> list[str]:
    schema: Any = json.loads((SCHEMAS / f"MicrosoftTeams.{name}schema.json").read_text(encoding="utf-8"))
    Draft4Validator.check_schema(schema)
    found = Draft4Validator(schema, format_checker=FormatChecker()).iter_errors(made)
    return [f"{list(one.absolute_path)}: {one.message}" for one in found]


def test_the_manifest() -> None:
    assert wrong("", manifest(APP, "0.1.0", PUBLISHER, "x" * 30)) == []


def test_the_translations() -> None:
    for file, made in translations("x" * 30).items():
        assert wrong("Localization.", made) == [], file


def test_the_schemas_do_find_what_is_wrong() -> None:
    made = manifest("no-guid", "0.1.0", PUBLISHER, "x" * 31)
    assert len(wrong("", {**made, "more": True})) == 5, "twice the id, twice the name, a key that is none"
    assert wrong("Localization.", {"bots[0].commandLists[0].commands[10].title": "x"})
