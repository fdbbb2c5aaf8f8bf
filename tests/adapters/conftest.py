"""Files of people, written for a test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.adapters.people_files import Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(text: str | bytes, name: str = "people.yaml") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write
