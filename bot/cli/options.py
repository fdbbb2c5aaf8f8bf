"""Options that several commands share."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import Settings, load

Config = Annotated[Path, typer.Option("--config", "-c", help="The operator's file.")]


def called() -> str:
    """How this program is called here: what is told to be run must run when it is copied."""
    own = Path(sys.argv[0])
    if own.name != "bistand":
        return "python -m bot"
    found = shutil.which("bistand")
    if found is not None and Path(found).resolve() == own.resolve():
        return "bistand"
    path = own.resolve()
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def as_called(text: str) -> str:
    """A text that tells to run this program, with the name that it has here."""
    return text.replace("Run: bistand ", f"Run: {called()} ")


def load_settings(config: Path) -> Settings:
    """The settings of a file and the environment. Without app.yaml here, the defaults. Raises SettingsError."""
    missing_default = config == Path("app.yaml") and not config.exists()
    return load(None if missing_default else config, os.environ)
