"""Every open page hears what happens. One that does not keep up is let go: it comes again and begins anew."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field

from adapters.web.render import Json

#: So many words wait for a page before it is let go.
MOST_WAITING = 500


@dataclass(eq=False)
class Page:
    """An open event stream. A word is None when the page is let go."""

    language: str
    words: asyncio.Queue[bytes | None] = field(default_factory=lambda: asyncio.Queue(MOST_WAITING))

    def tell(self, word: bytes) -> bool:
        try:
            self.words.put_nowait(word)
        except asyncio.QueueFull:
            return False
        return True


class Hub:
    def __init__(self) -> None:
        self._pages: set[Page] = set()

    def join(self, page: Page) -> None:
        self._pages.add(page)

    def leave(self, page: Page) -> None:
        self._pages.discard(page)

    def languages(self) -> set[str]:
        """Languages that somebody looks at."""
        return {page.language for page in self._pages}

    def tell(self, kind: str, made: Callable[[str], Json]) -> None:
        """Tell every page; `made` gives the word in a language, once for each."""
        words: dict[str, bytes] = {}
        for page in list(self._pages):
            if page.language not in words:
                words[page.language] = event(kind, made(page.language))
            if not page.tell(words[page.language]):
                self.let_go(page)

    def tell_in(self, language: str, kind: str, data: Json) -> None:
        """Tell the pages in one language."""
        word = event(kind, data)
        for page in list(self._pages):
            if page.language == language and not page.tell(word):
                self.let_go(page)

    def let_go(self, page: Page) -> None:
        self.leave(page)
        while not page.words.empty():
            page.words.get_nowait()
        page.words.put_nowait(None)

    def close(self) -> None:
        for page in list(self._pages):
            self.let_go(page)


def event(kind: str, data: Json) -> bytes:
    """A server-sent event."""
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()
