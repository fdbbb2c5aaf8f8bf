from __future__ import annotations

import base64
import stat
from pathlib import Path

import pytest

from bot.errors import SettingsError
from storage.master import MasterKey, development_key


def test_a_key_is_read_from_base64() -> None:
    assert MasterKey.parse(base64.b64encode(bytes(range(32))).decode() + "\n") == MasterKey(bytes(range(32)))


@pytest.mark.parametrize("text", ["", "secret-words", "not base64!", base64.b64encode(bytes(31)).decode(), "ø" * 44])
def test_anything_else_is_a_mistake_of_the_settings_and_is_not_quoted(text: str) -> None:
    with pytest.raises(SettingsError, match=r"storage\.key") as raised:
        MasterKey.parse(text)
    assert not text or text not in str(raised.value)


def test_a_key_does_not_show() -> None:
    assert repr(MasterKey(b"k" * 32)) == "MasterKey(development=False)"


def test_each_purpose_has_a_key_of_its_own() -> None:
    key = MasterKey(bytes(32))
    derived = {key.derive(purpose) for purpose in ("wrap", "index", "audit pepper", "check")}
    assert len(derived | {key.secret}) == 5
    assert key.derive("wrap") == MasterKey(bytes(32)).derive("wrap") != MasterKey(b"1" * 32).derive("wrap")


def test_a_development_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "development.key"
    key = development_key(path)
    assert key.development
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert development_key(path) == key
    assert development_key(tmp_path / "other.key") != key


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666, 0o610])
def test_a_development_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "development.key"
    development_key(path)
    path.chmod(mode)
    with pytest.raises(SettingsError, match="chmod 600"):
        development_key(path)


def test_a_file_that_holds_no_key_is_refused_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "development.key"
    path.touch(mode=0o600)
    path.write_text("words")
    with pytest.raises(SettingsError, match="holds no key") as raised:
        development_key(path)
    assert "words" not in str(raised.value)
    assert path.read_text() == "words"
