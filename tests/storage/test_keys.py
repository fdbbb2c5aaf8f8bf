from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import Invariant, SettingsError
from storage import keys as module
from storage.keys import PEPPER, Keystore
from storage.master import MasterKey
from tests.storage.making import KEY

Opener = Callable[[], Keystore]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.sqlite"


@pytest.fixture
def keys(path: Path) -> Iterator[Keystore]:
    opened = Keystore.open(path, KEY, store="one", new=True)
    yield opened
    opened.close()


def again(path: Path) -> Keystore:
    return Keystore.open(path, KEY, store="one", new=False)


def sealed(keys: Keystore, case: str, kind: str) -> bytes:
    key = keys.get(case, kind)
    assert key is not None
    return key.cipher.encrypt(bytes(12), b"words", None)


def test_keys_are_made_once_and_come_back(path: Path, keys: Keystore) -> None:
    wanted = [("c1", "talk"), ("c1", "case"), ("c2", "talk"), ("c1", PEPPER), ("c1", "talk")]
    assert keys.missing(wanted) == wanted[:4]
    keys.create(keys.missing(wanted))
    assert keys.missing(wanted) == []
    before = [sealed(keys, "c1", "talk"), sealed(keys, "c1", "case"), sealed(keys, "c2", "talk")]
    assert len(set(before)) == 3
    keys.create([("c1", "talk")])
    with closing(again(path)) as other:
        assert [sealed(other, "c1", "talk"), sealed(other, "c1", "case"), sealed(other, "c2", "talk")] == before
        assert other.pepper("c1") == keys.pepper("c1") is not None
        assert other.pepper("c2") is None
        assert other.get("c1", PEPPER) is None


def test_a_key_is_found_by_its_id(path: Path, keys: Keystore) -> None:
    keys.create([("c1", "talk"), ("c1", "case")])
    for kind in ("talk", "case"):
        key = keys.get("c1", kind)
        assert key is not None
        assert keys.find(key.id) is key
        with closing(again(path)) as other:
            assert other.find(key.id).id == key.id
    with pytest.raises(Invariant):
        keys.find(b"nothing!")


def test_few_cases_stay_in_memory(keys: Keystore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 2)
    cases = ["c1", "c2", "c3", "c4"]
    keys.create([(case, "talk") for case in cases])
    ids = {case: key.id for case in cases if (key := keys.get(case, "talk"))}
    assert len(keys._rings) == len(keys._homes) == 2
    assert all(keys.find(key).id == key for key in ids.values())
    assert len(keys._rings) == len(keys._homes) == 2


def test_destroyed_keys_are_gone_from_the_file(path: Path, keys: Keystore) -> None:
    keys.create([("c1", "talk"), ("c1", PEPPER), ("c2", "talk")])
    key = keys.get("c1", "talk")
    assert key is not None
    with closing(sqlite3.connect(path)) as raw:
        wrapped = [row[0] for row in raw.execute("SELECT wrapped FROM keys WHERE case_id = 'c1'")]
    keys.destroy("c1")
    files = list(path.parent.iterdir())
    assert not [file for file in files for secret in wrapped if secret in file.read_bytes()]
    assert keys.get("c1", "talk") is None
    assert keys.pepper("c1") is None
    assert not keys.holds("c1")
    assert keys.holds("c2")
    assert keys.destroyed() == {"c1"}
    with pytest.raises(Invariant):
        keys.find(key.id)
    with pytest.raises(Invariant, match="erased"):
        keys.create([("c3", "talk"), ("c1", "talk")])
    assert keys.get("c3", "talk") is None


def test_one_class_may_be_destroyed(keys: Keystore) -> None:
    keys.create([("c1", "talk"), ("c1", "answer:hr")])
    keys.destroy("c1", "answer:hr")
    assert keys.get("c1", "answer:hr") is None
    assert keys.get("c1", "talk") is not None
    keys.create([("c1", "answer:hr")])
    assert keys.get("c1", "answer:hr") is not None


@pytest.mark.parametrize(
    "change", ["case_id = 'c2'", "class = 'case'", "id = x'3132333435363738'", "wrapped = zeroblob(60)"]
)
def test_a_key_opens_only_for_its_case_and_class(path: Path, keys: Keystore, change: str) -> None:
    keys.create([("c1", "talk")])
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(f"UPDATE keys SET {change}")
        raw.commit()
    with closing(again(path)) as other, pytest.raises(Invariant, match="changed"):
        other.holds("c2" if "c2" in change else "c1")


def test_another_master_key_opens_nothing(path: Path, keys: Keystore) -> None:
    keys.create([("c1", "talk"), ("c2", PEPPER)])
    with closing(Keystore.open(path, MasterKey(b"x" * 32), store="one", new=False)) as other:
        with pytest.raises(Invariant):
            other.get("c1", "talk")
        with pytest.raises(Invariant):
            other.pepper("c2")


def test_a_missing_or_foreign_keystore_is_refused(path: Path, keys: Keystore) -> None:
    with pytest.raises(SettingsError, match="missing"):
        Keystore.open(path.with_name("other"), KEY, store="one", new=False)
    for new in (True, False):
        with pytest.raises(SettingsError, match="another database"):
            Keystore.open(path, KEY, store="two", new=new)


def test_a_newer_keystore_is_refused(path: Path, keys: Keystore) -> None:
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA user_version = 2")
    with pytest.raises(SettingsError, match="newer"):
        again(path)
