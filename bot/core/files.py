"""Which files are kept: the one place that is asked before anything of a file is stored. Pure.

Rule 1. A file is refused when it is empty, larger than the operator allows, or of a type that is not listed.
Rule 2. What a file says of itself counts for nothing where its first bytes say otherwise: a program named photo.png is
        no picture. What begins like a program or an archive is no text.
Rule 3. The refusal says what would be taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.languages import Phrases

MEBIBYTE = 1024 * 1024
#: So many first bytes tell the type.
TELLING = 16
_TOLD: Sequence[tuple[int, bytes, str]] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (8, b"WEBP", "image/webp"),
    (8, b"heic", "image/heic"),
    (8, b"heix", "image/heic"),
    (8, b"mif1", "image/heic"),
    (0, b"%PDF-", "application/pdf"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf2", "audio/mpeg"),
    (4, b"ftyp", "video/mp4"),
    (0, b"MZ", "application/x-msdownload"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"#!", "text/x-script"),
)
#: Types that share one container.
_ALIKE = frozenset({"audio/mp4", "video/mp4", "audio/x-m4a", "video/quicktime"})
_KNOWN = frozenset(kind for _, _, kind in _TOLD) | _ALIKE


@dataclass(frozen=True, slots=True)
class FileRules:
    """What the operator lets in. `most` is in bytes; `types` are media types."""

    most: int = 25 * MEBIBYTE
    types: tuple[str, ...] = ("image/png", "image/jpeg", "application/pdf", "text/plain")


class Refused(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    WRONG_TYPE = "wrong_type"


def refused(rules: FileRules, size: int, media_type: str, start: bytes) -> Refused | None:
    """Why a file is not kept, None if it may be. `start` holds its first bytes, `TELLING` of them or more."""
    if size == 0:
        return Refused.EMPTY
    if size > rules.most:
        return Refused.TOO_LARGE
    claimed = media_type.partition(";")[0].strip().casefold()
    if claimed not in rules.types or not _agrees(claimed, told_by(start)):
        return Refused.WRONG_TYPE
    return None


def told_by(start: bytes) -> str | None:
    """The type that the first bytes tell, if they do."""
    return next((kind for at, sign, kind in _TOLD if start[at : at + len(sign)] == sign), None)


def beginning(kind: str) -> bytes:
    """First bytes that tell this type; for one that has none, such as tell nothing."""
    return next((bytes(at) + sign for at, sign, told in _TOLD if told == kind), b" " * TELLING)


def _agrees(claimed: str, told: str | None) -> bool:
    if told is None:
        return claimed not in _KNOWN
    return claimed == told or (claimed in _ALIKE and told in _ALIKE)


def sentence(why: Refused, rules: FileRules, said: Phrases) -> str:
    """The refusal in words."""
    return said.file_refused.format(reason=_reason(why, rules, said))


def _reason(why: Refused, rules: FileRules, said: Phrases) -> str:
    if why is Refused.EMPTY:
        return said.file_empty
    if why is Refused.TOO_LARGE:
        return said.file_too_large.format(most=rules.most // MEBIBYTE)
    kinds = dict.fromkeys(kind.rpartition("/")[2].upper().replace("PLAIN", "TXT") for kind in rules.types)
    return said.file_wrong_type.format(types=", ".join(kinds))
