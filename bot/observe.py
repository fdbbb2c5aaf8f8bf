"""Logs: ids and kinds only, never words of a person; as text on a terminal, as JSON elsewhere.

Rule 1. An exception is logged as its kind and its places in the code: its message may hold what somebody wrote.
Rule 2. A value that is no id, kind, number or time is refused: it shows as its type's name.
"""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Mapping, MutableMapping
from datetime import datetime, timedelta
from typing import TextIO

import structlog

from bot.errors import BistandError, PlatformError

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}
LONGEST = 120


def configure(level: str, stream: TextIO | None = None) -> None:
    """Set up the process's logs on `stream` (stderr)."""
    out = stream if stream is not None else sys.stderr
    last = structlog.dev.ConsoleRenderer(colors=False) if out.isatty() else structlog.processors.JSONRenderer()
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            places_only,
            ids_and_kinds_only,
            last,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=structlog.PrintLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    # other libraries' own lines may quote what passes through them: only their warnings, by name, are kept
    handler = logging.StreamHandler(out)
    handler.setFormatter(NamesOnly())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


class NamesOnly(logging.Formatter):
    """A line of another library as its level, its name, and the kind of the exception: nothing that it says."""

    def format(self, record: logging.LogRecord) -> str:
        kind = record.exc_info[0] if record.exc_info else None
        return f"{record.levelname} {record.name}" + (f" {kind.__name__}" if kind is not None else "")


def places_only(_logger: object, _method: str, event: MutableMapping[str, object]) -> Mapping[str, object]:
    """An exception as its kind and the places it came through."""
    if event.pop("exc_info", None):
        kind, error, trace = sys.exc_info()
        event["error"] = kind.__name__ if kind is not None else "?"
        if isinstance(error, BistandError) and not isinstance(error, PlatformError):
            event["why"] = str(error)  # ours hold ids and kinds only; a platform's answer may quote what it was sent
        event["at"] = " < ".join(
            f"{f.filename.rsplit('/', 1)[-1]}:{f.lineno}" for f in traceback.extract_tb(trace)[::-1][:8]
        )
    return event


def ids_and_kinds_only(_logger: object, _method: str, event: MutableMapping[str, object]) -> Mapping[str, object]:
    return {key: _safe(value) for key, value in event.items()}


def _safe(value: object) -> object:
    match value:
        case bool() | int() | float() | None:
            return value
        case datetime():
            return value.isoformat()
        case timedelta():
            return value.total_seconds()
        case str():
            return value if len(value) <= LONGEST else value[:LONGEST] + "…"
        case _:
            return f"‹{type(value).__name__}›"
