"""A journal: sealed entries in a file, appended one after the other. The simulator keeps its chats so.

Rule 1. An entry is `length (4) | nonce (12) | AES-256-GCM ciphertext and tag`, bound to its number: none can be moved.
Rule 2. One process has it at a time.
Rule 3. A last entry that was cut off by a kill is dropped when the file is read; what follows is appended in its place.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import SettingsError
from storage.master import MasterKey
from storage.sealed import NONCE
from storage.sqlite import private

LENGTH: Final = 4


class Journal:
    def __init__(self, path: Path, key: MasterKey) -> None:
        """Raises SettingsError where another process has it."""
        private(path)
        self._cipher = AESGCM(key.derive("journal"))
        self._path = path
        self._file = path.open("r+b", buffering=0)
        self._count = 0
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise SettingsError(
                f"Another Bistand is running on {path}. Stop it first, or give this one --store."
            ) from None

    def read(self) -> Iterator[bytes]:
        """All entries, the oldest first.

        Raises:
            SettingsError: it was written under another key.
        """
        self._file.seek(0)
        data = self._file.read()
        at = self._count = 0
        while len(entry := data[at + LENGTH : at + LENGTH + int.from_bytes(data[at : at + LENGTH], "big")]) > NONCE:
            if len(entry) < int.from_bytes(data[at : at + LENGTH], "big"):
                break
            try:
                yield self._cipher.decrypt(entry[:NONCE], entry[NONCE:], self._bound())
            except InvalidTag:
                raise SettingsError(f"{self._path} cannot be read with this key. Remove it to begin anew.") from None
            self._count += 1
            at += LENGTH + len(entry)
        self._file.truncate(at)
        self._file.seek(at)

    def append(self, words: bytes) -> None:
        """Raises OSError where there is no room; the journal is as it was, then."""
        nonce = os.urandom(NONCE)
        sealed = nonce + self._cipher.encrypt(nonce, words, self._bound())
        entry, start = len(sealed).to_bytes(LENGTH, "big") + sealed, self._file.tell()
        if self._file.write(entry) != len(entry):
            # half an entry in the middle would make all that follow unreadable
            self._file.truncate(start)
            self._file.seek(start)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self._count += 1

    def clear(self) -> None:
        self._file.truncate(0)
        self._file.seek(0)
        self._count = 0

    def close(self) -> None:
        self._file.close()

    def _bound(self) -> bytes:
        return self._count.to_bytes(8, "big")
