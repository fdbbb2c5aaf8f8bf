"""Read once by the server that lives are forked from, so that a life begins in a moment."""

from __future__ import annotations

from tests.kills import child
from tests.runtime.making import setting

setting()
__all__ = ["child"]
