"""The master key, and the keys that follow from it.

Rule 1. The master key is 32 bytes; it seals nothing itself: each purpose has a key of its own (HKDF-SHA256).
Rule 2. A development key lies in a file that only its owner can read; it is known as such wherever it goes.
Rule 3. No key shows in a repr or in an error.
"""

from __future__ import annotations

import base64
import binascii
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import SettingsError

LENGTH: Final = 32
_HOW = 'Make one with: python -c "import os, base64; print(base64.b64encode(os.urandom(32)).decode())"'


@dataclass(frozen=True, slots=True)
class MasterKey:
    """32 bytes. With `development` it must not guard real reports."""

    secret: bytes = field(repr=False)
    development: bool = False

    def __post_init__(self) -> None:
        if len(self.secret) != LENGTH:
            raise SettingsError(f"storage.key must be {LENGTH} bytes, not {len(self.secret)}. {_HOW}")

    @classmethod
    def parse(cls, text: str) -> MasterKey:
        """Read `storage.key`: 32 bytes in base64.

        Raises:
            SettingsError: it is something else.
        """
        try:
            return cls(base64.b64decode(text.strip(), validate=True))
        except (binascii.Error, ValueError):
            pass
        raise SettingsError(f"storage.key must be {LENGTH} bytes in base64. {_HOW}")

    def derive(self, purpose: str) -> bytes:
        """The key for one purpose; the same at every call."""
        info = f"bistand {purpose} 1".encode()
        return HKDF(algorithm=hashes.SHA256(), length=LENGTH, salt=None, info=info).derive(self.secret)


def development_key(path: Path) -> MasterKey:
    """Read the development key in a file, or make one there with mode 600.

    Raises:
        SettingsError: others may read the file, or it holds no key.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    secret = os.urandom(LENGTH)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read(path)
    with os.fdopen(descriptor, "wb") as file:
        file.write(base64.b64encode(secret) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    return MasterKey(secret, development=True)


def _read(path: Path) -> MasterKey:
    descriptor = os.open(path, os.O_RDONLY)
    with os.fdopen(descriptor, "rb") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        if mode & 0o077:
            raise SettingsError(f"Others may read the key in {path}. Run: chmod 600 {path}")
        text = file.read(1024).decode("ascii", "replace")
    try:
        found = MasterKey.parse(text)
    except SettingsError:
        found = None
    if found is None:
        raise SettingsError(f"{path} holds no key. Restore it, or delete it together with the database that it opened.")
    return MasterKey(found.secret, development=True)
