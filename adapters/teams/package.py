"""The app package, which an administrator uploads: the manifest, its translations, the icons. The same each time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from adapters.teams.manifest import COLOR, OUTLINE, Json

ICONS = files("adapters.teams") / "icons"


def package(manifest: Json, translations: Mapping[str, Json]) -> bytes:
    """A zip file; the translations by file."""
    texts = {"manifest.json": manifest, **translations}
    held = {name: json.dumps(one, indent=2, ensure_ascii=False).encode() for name, one in texts.items()}
    held |= {name: (ICONS / name).read_bytes() for name in (COLOR, OUTLINE)}
    made = BytesIO()
    with ZipFile(made, "w") as zipped:
        for name, data in held.items():
            zipped.writestr(ZipInfo(name), data, compress_type=ZIP_DEFLATED)
    return made.getvalue()
