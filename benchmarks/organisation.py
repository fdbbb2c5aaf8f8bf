"""The measured bot's surroundings: a made-up organisation, the project's own flows, a store in a folder."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.workload import NOW, PLATFORM, Chats
from bot import wiring
from bot.runtime.clocks import MovableClock
from bot.runtime.ids import RandomIds
from bot.runtime.service import Service
from bot.settings import Settings, load
from storage.master import LENGTH, MasterKey
from storage.store import SqliteStore

ROOT = Path(__file__).parent.parent
DATABASE = "bistand.sqlite"
KEY = MasterKey(bytes(LENGTH))
FIRST = [
    "Ana",
    "Bo",
    "Carl",
    "Dina",
    "Eva",
    "Finn",
    "Gry",
    "Hans",
    "Ida",
    "Jens",
    "Kim",
    "Lea",
    "Mads",
    "Nina",
    "Ole",
    "Pia",
    "Rita",
    "Søren",
    "Tina",
    "Uffe",
]
LAST = ["Holm", "Berg", "Dahl", "Friis", "Lind", "Krogh", "Munk", "Skov", "Toft", "Winther"]


def write_people(path: Path, size: int, seed: int) -> None:
    """A director, a manager for every ten, HR, safety and somebody on call."""
    rng = random.Random(seed)
    lines = ["people:"]

    def add(email: str, manager: str | None, roles: str = "") -> None:
        lines.append(f"- name: {rng.choice(FIRST)} {rng.choice(LAST)}\n  email: {email}@example.org")
        if manager is not None:
            lines.append(f"  manager: {manager}@example.org")
        if roles:
            lines.append(f"  roles: [{roles}]")

    add("director", None)
    for role in ("hr", "safety_rep", "on_call"):
        add(role.replace("_", "."), "director", role)
    for number in range(size):
        team, place = divmod(number, 10)
        add(f"p{number}", f"p{team * 10}" if place else "director")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def settings_for(folder: Path, people: Path) -> Settings:
    """The project's own settings, with this store and these people."""
    environ = {
        "BISTAND_STORAGE__URL": f"sqlite+aiosqlite:///{folder / DATABASE}",
        "BISTAND_PEOPLE__FILE": str(people),
        "BISTAND_FLOWS__PATH": str(ROOT / "flows"),
        "BISTAND_LADDER__FALLBACK": "director@example.org",
    }
    return load(ROOT / "app.yaml", environ)


class Bot:
    """A service over the store in a folder, with chats in memory."""

    def __init__(self, folder: Path, people: Path) -> None:
        self._settings = settings_for(folder, people)
        self.chats = Chats()
        self.directory = wiring.directory(self._settings, KEY, (PLATFORM,))
        self.store: SqliteStore
        self.service: Service

    async def open(self) -> None:
        settings = self._settings
        self.store = await wiring.open_store(settings, KEY, simulation=True)
        await wiring.publish(self.store, settings.flows.path, settings.organisation.languages, NOW)
        settled = wiring.Settled(settings, KEY, self.directory, await wiring.load_published(self.store))
        self.service = Service(self.store, {PLATFORM: self.chats}, settled.setting, MovableClock(NOW), RandomIds())
        await self.service.start(timers=False)
