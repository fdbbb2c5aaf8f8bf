"""The people file, kept in step while people edit it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from adapters.directory.file import FileDirectory
from bot.errors import SettingsError
from tests.adapters.people_files import ANA, TEAM, Write, person_id


def directory(path: Path) -> FileDirectory:
    return FileDirectory(
        path, person_id=person_id, default_language="en", default_timezone="Europe/Copenhagen", platforms=("terminal",)
    )


def later(path: Path, seconds: int) -> None:
    os.utime(path, (1_800_000_000 + seconds,) * 2)


def test_a_changed_file_is_read_again(write: Write) -> None:
    path = write(TEAM)
    later(path, 0)
    found = directory(path)
    before = found.people()
    assert not found.reload()
    assert found.people() is before
    write(TEAM.replace("Ana Holm", "Ana Berg"))
    later(path, 1)
    assert found.reload()
    assert found.people().by_id[ANA].name == "Ana Berg"
    assert not found.reload()


def test_a_file_that_broke_leaves_the_people_as_they_were(write: Write) -> None:
    path = write(TEAM)
    later(path, 0)
    found = directory(path)
    before = found.people()
    write(TEAM.replace("luis@example.org", "luis"))
    later(path, 1)
    assert not found.reload()
    assert found.people() is before
    assert found.error is not None
    assert "is no e-mail address" in str(found.error)
    assert not found.reload()
    assert found.error is not None
    path.unlink()
    assert not found.reload()
    assert "there is no such file" in str(found.error)
    write(TEAM)
    later(path, 2)
    assert found.reload()
    assert found.error is None


def test_a_directory_does_not_begin_with_a_broken_file(write: Write) -> None:
    with pytest.raises(SettingsError, match="there is nobody in this file"):
        directory(write("people: []\n"))
