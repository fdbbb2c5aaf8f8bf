"""A process to be killed: answers turns, tells each one that is committed, and stops inside the last one."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot.cases.permissions import Engine
from bot.core.people import Role
from bot.runtime.ports import Entry, Saved
from storage.store import SqliteStore
from tests.storage.making import ANNA, CASE, KEY, NOW, a_case, moved, owe, url, words

TURNS = 5


def tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


async def main(folder: Path) -> None:
    store = await SqliteStore.open(url(folder), KEY, kind="simulation")
    for number in range(TURNS + 1):
        async with store.begin() as tx:
            assert await tx.first_time(f"e{number}", "said", NOW)
            before = await tx.load(CASE, Engine.LOOK_AFTER)
            # Readers that differ need keys that differ: the keystore is written in every turn, too.
            readers = list(Role)[: number + 1]
            after = moved(before or a_case(), **{f"q{number}": words(f"answer {number}", *readers)})
            await tx.save(Saved(after, before, owed=[owe(number)], entries=[Entry(NOW, "answered", ANNA)]))
            if number == TURNS:
                tell("inside")
                await asyncio.Event().wait()
        tell(str(number))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
