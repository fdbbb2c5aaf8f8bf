"""Flow versions: the admins' files as they were published, and which version of each flow is current."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from bot.runtime.ports import FlowVersion
from storage import statements as sql
from storage.sealed import micros, moment


def publish(connection: sqlite3.Connection, version: FlowVersion) -> None:
    """Keep a version and make it the current one of its name; the same content again only becomes current."""
    connection.execute(sql.RETIRE_FLOW, {"the_name": version.name})
    row = {
        "name": version.name,
        "structure": version.structure,
        "content": version.content,
        "files": json.dumps(dict(version.files), ensure_ascii=False, sort_keys=True),
        "published": micros(version.published),
        "current": 1,
    }
    connection.execute(sql.PUT_FLOW, row)


def versions(connection: sqlite3.Connection) -> list[FlowVersion]:
    return [
        FlowVersion(name, structure, content, _files(files), moment(published), bool(current))
        for name, structure, content, files, published, current in connection.execute(sql.FLOWS)
    ]


@lru_cache(maxsize=128)
def _files(text: str) -> Mapping[str, str]:
    """The same for ever for the same text: versions are many, and are listed at each start."""
    return MappingProxyType(json.loads(text))
