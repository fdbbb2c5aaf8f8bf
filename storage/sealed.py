"""Sealing: how values become bytes that say nothing, and come back.

Rule 1. A sealed value is `version (1) | key id (8) | nonce (12) | AES-256-GCM ciphertext and tag`, the nonce random.
Rule 2. The associated data binds table, column, row and header: a value moved to another place does not open.
Rule 3. What does not open raises `Invariant` naming the place, never the content, and without the inner error, which
        could quote it.
Rule 4. Values are canonical JSON: what is written is what is read, to the microsecond and the last character.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, Generic, TypeVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import TypeAdapter, ValidationError
from pydantic.main import IncEx
from pydantic_core import PydanticSerializationError

from bot.errors import Invariant

VERSION: Final = b"\x01"
KEY_ID: Final = 8
NONCE: Final = 12
HEADER: Final = 1 + KEY_ID

T = TypeVar("T")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class DataKey:
    """A key that seals one visibility class of one case, ready for use."""

    id: bytes
    cipher: AESGCM = field(repr=False)


def _bound(header: bytes, column: str, row: tuple[str, ...]) -> bytes:
    return header + _joined(column, *row)


def _joined(*parts: str) -> bytes:
    # Lengths stand before the parts, so that no two lists of parts are alike.
    return "".join([f"{len(part)}:{part}" for part in parts]).encode("utf-8", "surrogatepass")


def seal(key: DataKey, column: str, row: tuple[str, ...], data: bytes) -> bytes:
    """Seal a value for one place: `column` is `table.column`, `row` its primary key."""
    header = VERSION + key.id
    nonce = os.urandom(NONCE)
    return header + nonce + key.cipher.encrypt(nonce, data, _bound(header, column, row))


def unseal(find: Callable[[bytes], DataKey], column: str, row: tuple[str, ...], data: bytes) -> bytes:
    """Open a sealed value with the key that its header names.

    Raises:
        Invariant: it was changed, moved or cut, or its key was destroyed.
    """
    if len(data) < HEADER + NONCE or data[:1] != VERSION:
        raise Invariant(f"A value in {column} was not sealed by this version.")
    header, nonce, rest = data[:HEADER], data[HEADER : HEADER + NONCE], data[HEADER + NONCE :]
    key = find(header[1:])
    try:
        return key.cipher.decrypt(nonce, rest, _bound(header, column, row))
    except InvalidTag:
        pass
    raise Invariant(f"A value in {column} does not open: it was changed or stands in the wrong place.")


class Codec(Generic[T]):
    """A type as canonical JSON."""

    __slots__ = ("_adapter", "_exclude", "_name")

    def __init__(self, kind: type[T], *, exclude: IncEx | None = None) -> None:
        self._adapter: TypeAdapter[T] = TypeAdapter(kind)
        self._name = kind.__name__
        self._exclude = exclude

    def dump(self, value: T) -> bytes:
        try:
            return self._adapter.dump_json(value, exclude=self._exclude, warnings=False)
        except (PydanticSerializationError, UnicodeError):
            pass
        raise Invariant(f"A {self._name} cannot be written.")

    def load(self, data: bytes) -> T:
        try:
            return self._adapter.validate_json(data)
        except ValidationError:
            pass
        raise Invariant(f"A stored {self._name} cannot be read.")


def blinded(index: bytes, question: str, *parts: str) -> bytes:
    """HMAC-SHA256 under the index key: equal for equal parts of the same question, and nothing else."""
    return hmac.digest(index, _joined(question, *parts), "sha256")


def micros(moment: datetime) -> int:
    """Microseconds since 1970.

    Raises:
        Invariant: the time has no zone.
    """
    if moment.tzinfo is None:
        raise Invariant("A time without a zone cannot be stored.")
    return (moment - _EPOCH) // _MICROSECOND


def moment(value: int) -> datetime:
    return _EPOCH + timedelta(microseconds=value)
