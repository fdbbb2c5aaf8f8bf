"""The flow folder: its YAML files as text, for `bot.flow.library`.

Rule 1. Only `*.yaml` of the folder and of its `country/` counts; `tests/` and everything else is left alone.
Rule 2. A file that cannot be read as text is a Problem like the others, and the rest is still read.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bot.errors import Problem, SettingsError
from bot.flow.yaml import decode


def read_flows(folder: Path) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """The folder's files by their path within it, as `country/dk.yaml`, and what could not be read.

    Raises SettingsError where there is no such folder, or no flow in it.
    """
    if not folder.is_dir():
        raise SettingsError(f"{folder}: there is no such folder; `flows.path` names the one with your flows")
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for path in sorted((*folder.glob("*.yaml"), *folder.glob("country/*.yaml"))):
        name = path.relative_to(folder).as_posix()
        text = _text(path, name)
        if isinstance(text, Problem):
            problems.append(text)
        else:
            found[name] = text
    if not found and not problems:
        raise SettingsError(f"{folder}: there is no flow (*.yaml) in this folder")
    return found, tuple(problems)


def _text(path: Path, name: str) -> str | Problem:
    try:
        return decode(path.read_bytes(), name)
    except OSError as error:
        return Problem(name, 1, 1, "file-read", f"the file cannot be read: {error.strerror}.")
