"""`bistand teams package`: a file to upload, of the operator's own app."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from bot import __version__
from tests.cli.conftest import Called

APP = "22222222-2222-4222-8222-222222222222"
SETTINGS = f"""\
organisation:
  name: Nordby Kommune
teams:
  app_id: {APP}
  app_password: ZYKLAMEN
  tenant_id: 11111111-1111-4111-8111-111111111111
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "app.yaml").write_text(SETTINGS, encoding="utf-8")
    return tmp_path


def manifest(folder: Path, name: str = "bistand-teams.zip") -> Any:
    with ZipFile(folder / name) as zipped:
        assert b"ZYKLAMEN" not in b"".join(map(zipped.read, zipped.namelist()))
        return json.loads(zipped.read("manifest.json"))


def test_a_package_of_ones_own_app(call: Called, folder: Path) -> None:
    code, out, err = call("teams", "package", folder=folder)
    made = manifest(folder)
    assert (code, err) == (0, "")
    assert (made["id"], made["version"], made["developer"]["name"]) == (APP, __version__, "Nordby Kommune")
    first, second, third = out.splitlines()
    assert first == f"bistand-teams.zip: the app Bistand, version {__version__}, of Nordby Kommune."
    assert second.startswith("Upload it in the Teams admin center:")
    assert third.startswith("Its links lead to https://example.org as yet:")


def test_all_that_can_be_said(call: Called, folder: Path) -> None:
    words = ("--name", " Støtte ", "--website", "https://n.dk", "--privacy", "https://n.dk/gdpr", "--version", "1.2.3")
    code, out, _ = call("teams", "package", "--out", "a.zip", *words, folder=folder)
    made = manifest(folder, "a.zip")
    assert code == 0
    assert "example.org" not in out
    assert made["name"] == {"short": "Støtte", "full": "Støtte"}
    assert made["version"] == "1.2.3"
    assert made["developer"] == {
        "name": "Nordby Kommune",
        "websiteUrl": "https://n.dk",
        "privacyUrl": "https://n.dk/gdpr",
        "termsOfUseUrl": "https://n.dk",
    }


def test_without_an_app_it_says_what_to_do(call: Called, tmp_path: Path) -> None:
    code, out, err = call("teams", "package", folder=tmp_path)
    assert (code, out) == (2, "")
    assert err.startswith("bistand: teams.app_id is missing: it is the app's id in Entra")
    assert "docs/teams.md" in err
    assert not list(tmp_path.glob("*.zip"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--website", "n.dk"), "bistand: --website must begin with `https://`"),
        (("--terms", "http://n.dk"), "bistand: --terms must begin with `https://`"),
        (("--name", " "), "bistand: --name: Teams takes 1 to 30 characters"),
        (("--name", "x" * 31), "bistand: --name: Teams takes 1 to 30 characters"),
        (("--version", "1.2"), "bistand: --version: Teams takes three numbers"),
        (("--version", "1.02.3"), "bistand: --version: Teams takes three numbers"),
        (("--out", "none/a.zip"), "bistand: No such file or directory: none/a.zip"),
    ],
)
def test_what_teams_would_refuse_is_refused(call: Called, folder: Path, words: tuple[str, ...], said: str) -> None:
    code, out, err = call("teams", "package", *words, folder=folder)
    assert (code, out) == (2, "")
    assert err.startswith(said)
    assert not list(folder.glob("*.zip"))
