"""The journal: what was appended is read again, in order, sealed; a torn end is dropped."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import SettingsError
from storage.journal import Journal
from storage.master import LENGTH, MasterKey

KEY = MasterKey(bytes(LENGTH))


def journal(path: Path, *entries: bytes) -> Path:
    file = path / "chats"
    made = Journal(file, KEY)
    list(made.read())
    for entry in entries:
        made.append(entry)
    made.close()
    return file


def entries(file: Path, key: MasterKey = KEY) -> list[bytes]:
    made = Journal(file, key)
    try:
        return list(made.read())
    finally:
        made.close()


def test_what_was_written_is_read_again_and_goes_on(tmp_path: Path) -> None:
    file = journal(tmp_path, b"one", b"", "tre ø".encode())
    journal(tmp_path, b"four")
    assert entries(file) == [b"one", b"", "tre ø".encode(), b"four"]
    assert file.stat().st_mode & 0o777 == 0o600


def test_words_rest_sealed(tmp_path: Path) -> None:
    file = journal(tmp_path, b"I know where you live")
    assert b"know where" not in file.read_bytes()


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 10_000))
def test_a_torn_end_is_dropped_and_written_over(tmp_path: Path, cut: int) -> None:
    file = tmp_path / "chats"
    file.unlink(missing_ok=True)
    journal(tmp_path, b"one", b"two", b"three")
    data = file.read_bytes()
    kept = cut % (len(data) + 1)
    file.write_bytes(data[:kept])
    whole = entries(file)
    assert whole == [b"one", b"two", b"three"][: len(whole)]
    journal(tmp_path, b"new")
    assert entries(file) == [*whole, b"new"]


def test_another_key_is_told_plainly(tmp_path: Path) -> None:
    file = journal(tmp_path, b"one")
    with pytest.raises(SettingsError, match="cannot be read with this key"):
        entries(file, MasterKey(b"x" * LENGTH))


def test_entries_cannot_change_places(tmp_path: Path) -> None:
    file = journal(tmp_path, b"one", b"two")
    data = file.read_bytes()
    half = len(data) // 2
    file.write_bytes(data[half:] + data[:half])
    with pytest.raises(SettingsError):
        entries(file)


def test_cleared_it_is_empty(tmp_path: Path) -> None:
    file = journal(tmp_path, b"one")
    made = Journal(file, KEY)
    list(made.read())
    made.clear()
    made.append(b"anew")
    made.close()
    assert entries(file) == [b"anew"]


def test_one_at_a_time(tmp_path: Path) -> None:
    first = Journal(tmp_path / "chats", KEY)
    with pytest.raises(SettingsError, match="Another Bistand is running"):
        Journal(tmp_path / "chats", KEY)
    first.close()
    Journal(tmp_path / "chats", KEY).close()


def test_an_entry_that_found_no_room_leaves_nothing_behind(tmp_path: Path) -> None:
    made = Journal(tmp_path / "chats", KEY)
    list(made.read())
    made.append(b"one")
    size = (tmp_path / "chats").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10, resource.RLIM_INFINITY))
    try:
        with pytest.raises(OSError, match="No space"):
            made.append(b"two")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    made.append(b"three")
    made.close()
    assert entries(tmp_path / "chats") == [b"one", b"three"]
