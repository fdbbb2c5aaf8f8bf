"""The only place where concrete classes meet: settings become a store, flows, people and a service.

Rule 1. A development key never guards real reports: with Slack or Teams configured the bot refuses to start on one.
Rule 2. Flows with mistakes never become current: what was published last stays.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.calendar import site as calendar_site
from adapters.directory.file import FileDirectory
from adapters.directory.join import Allowed
from adapters.directory.joined import AccountsDirectory
from adapters.files.flows import read_flows
from bot.cases.escalate import LadderRules
from bot.core.facts import Country
from bot.core.files import FileRules
from bot.core.levels import Level
from bot.core.people import PersonId
from bot.core.worktime import Site, add
from bot.errors import FlowError, SettingsError
from bot.flow.check import check
from bot.flow.library import Library, assemble
from bot.flow.model import Flow, Flows
from bot.runtime.detour import Patience
from bot.runtime.ports import Directory, FlowVersion, Store
from bot.runtime.view import Setting
from bot.settings import Settings
from storage.master import MasterKey, development_key

if TYPE_CHECKING:  # opening a store loads the whole of SQLAlchemy and Alembic, which checking flows does not need
    from storage.opening import Kind
    from storage.store import SqliteStore

DEVELOPMENT_KEY = "development.key"
YEARS_AHEAD = 3


def master_key(settings: Settings) -> MasterKey:
    """The operator's key; without one a development key in a file of its own beside the database.

    Raises:
        SettingsError: there is no key and a real adapter is configured, or the key cannot be used.
    """
    if settings.storage.key is not None:
        return MasterKey.parse(settings.storage.key.get_secret_value())
    if settings.slack.configured or settings.teams.configured:
        raise SettingsError(
            "storage.key is missing. Without it only a development key would guard real reports. "
            'Make one with: python -c "import os, base64; print(base64.b64encode(os.urandom(32)).decode())"'
        )
    return development_key(data_folder(settings) / DEVELOPMENT_KEY)


def data_folder(settings: Settings) -> Path:
    """Where the database lies."""
    return Path(settings.storage.url.split("///", 1)[-1]).parent


def read_library(folder: Path, languages: Sequence[str], today: date | None = None) -> Library:
    """All flows, translations and country packs of a folder, with every problem."""
    return _read(folder, languages, today)[1]


def country_of(library: Library, settings: Settings, folder: Path) -> Country:
    """The country pack of the organisation, without which nobody could be told whom to call. Raises SettingsError."""
    code = settings.organisation.country
    if code not in library.countries:
        raise SettingsError(
            f"{folder / 'country' / code}.yaml is missing: it has the emergency number, help lines and deadlines. "
            "Copy one that comes with Bistand and change it, or mend organisation.country."
        )
    return library.countries[code]


def _read(folder: Path, languages: Sequence[str], today: date | None = None) -> tuple[Mapping[str, str], Library]:
    """The files of a folder and what they make: read once, since somebody may be editing them."""
    if not folder.is_dir():
        raise SettingsError(f"flows.path: there is no folder {folder}")
    files, unread = read_flows(folder)
    library = _checked(tuple(files.items()), tuple(languages), today)
    return files, replace(library, problems=tuple(sorted((*library.problems, *unread))))


@lru_cache(maxsize=8)
def _checked(files: tuple[tuple[str, str], ...], languages: tuple[str, ...], today: date | None) -> Library:
    return assemble(dict(files), check, languages=languages, today=today)


@lru_cache(maxsize=64)
def _assembled(files: tuple[tuple[str, str], ...]) -> Library:
    """A library of the same files is the same: reading YAML is what opening takes longest."""
    return assemble(dict(files))


def flow_versions(library: Library, files: Mapping[str, str], now: datetime) -> list[FlowVersion]:
    """Each flow of a library without problems as a version to publish."""
    versions = []
    for flow in library.flows.values():
        own = {
            n: t for n, t in files.items() if n == f"{flow.name}.yaml" or n.startswith((f"{flow.name}.", "country/"))
        }
        content = hashlib.sha256(json.dumps(own, sort_keys=True).encode()).hexdigest()[:16]
        versions.append(FlowVersion(flow.name, flow.structure, content, own, now, current=True))
    return versions


async def publish(store: Store, folder: Path, languages: Sequence[str], now: datetime) -> list[str]:
    """Load a folder's flows into the store; returns the names of those that changed.

    Raises:
        FlowError: there are problems; nothing was published.
    """
    files, library = _read(folder, languages)
    if library.problems:
        raise FlowError(library.problems)
    known = {(v.name, v.structure, v.content) for v in await store.flow_versions() if v.current}
    changed = []
    for version in flow_versions(library, files, now):
        if (version.name, version.structure, version.content) not in known:
            await store.publish(version)
            changed.append(version.name)
    return changed


@dataclass(frozen=True, slots=True)
class Published:
    """What the store holds: the flows that talks stand in, and the current country packs."""

    flows: Flows
    library: Library


async def load_published(store: Store) -> Published:
    """Every version of every flow that was ever published, with the newest texts of its structure."""
    current_files: dict[str, str] = {}
    pinned: dict[tuple[str, str], Flow] = {}
    for version in await store.flow_versions():
        library = _assembled(tuple(sorted(version.files.items())))
        flow = library.flows.get(version.name)
        if flow is not None:
            pinned[flow.name, flow.structure] = flow
        if version.current:
            current_files.update(version.files)
    current = _assembled(tuple(sorted(current_files.items())))
    return Published(Flows(current.flows, pinned), current)


def sites(settings: Settings, today: date) -> tuple[Site, dict[str, Site]]:
    """The organisation's own place of work, and its sites by name, with their public holidays."""
    years = range(today.year - 1, today.year + YEARS_AHEAD)
    found = {}
    for name in ("", *settings.organisation.sites):
        place = settings.organisation.place(name)
        found[name] = calendar_site(name, place.timezone, place.hours, place.country, years)
    return found.pop(""), found


def person_ids(key: MasterKey) -> Callable[[str], PersonId]:
    """Opaque ids of people: the same for the same e-mail, and of no meaning without the key."""
    secret = key.derive("people")

    def person_id(email: str) -> PersonId:
        return PersonId("p" + hashlib.blake2b(email.encode(), key=secret, digest_size=10).hexdigest())

    return person_id


def directory(
    settings: Settings, key: MasterKey, platforms: tuple[str, ...] = (), *, mail: bool = False
) -> FileDirectory:
    """The people file; with `mail`, everybody can be mailed whatever the settings say. Raises SettingsError."""
    own = settings.organisation
    return FileDirectory(
        settings.people.file,
        person_id=person_ids(key),
        default_language=own.languages[0],
        default_timezone=own.timezone,
        platforms=platforms,
        site_timezones={name: own.place(name).timezone for name in own.sites},
        order=settings.ladder.detour.platforms,
        mail=mail or settings.mail.host is not None,
    )


def joined_directory(
    settings: Settings, key: MasterKey, platforms: tuple[str, ...] = (), *, mail: bool = False
) -> AccountsDirectory:
    """The people file, and the platforms' accounts that are joined to it. Raises SettingsError."""
    file = directory(settings, key, platforms, mail=mail)
    return AccountsDirectory(file, allowed(settings), settings.organisation.languages, settings.ladder.detour.platforms)


def allowed(settings: Settings) -> Allowed:
    """Whose accounts may be joined to people, beside those of the workspace that the bot's token is of."""
    own = settings.people
    tenant = (settings.teams.tenant_id,) if settings.teams.tenant_id is not None else ()
    tenants = {"slack": frozenset(own.slack_workspaces), "teams": frozenset((*own.entra_tenants, *tenant))}
    return Allowed(tenants, frozenset(own.domains))


def ladder_rules(settings: Settings, key: MasterKey, people: Directory) -> LadderRules:
    """How long each rung has, and the fallback. Raises SettingsError where the fallback is nobody's address."""
    fallback = settings.ladder.fallback
    person = person_ids(key)(fallback.casefold()) if fallback is not None else None
    if person is not None and people.people().get(person) is None:
        raise SettingsError(f"ladder.fallback: {fallback} is not in {settings.people.file}")
    if person is None:
        raise SettingsError("ladder.fallback is missing: who is told when nobody else is left? Write an e-mail.")
    waits = {level: settings.ladder.acknowledge.of(level) for level in Level}
    return LadderRules(waits, person)


class Settled:
    """What the runtime needs, made of settings and store; `flows` may be replaced while the bot runs."""

    def __init__(self, settings: Settings, key: MasterKey, people: Directory, published: Published) -> None:
        self.settings = settings
        self.people = people
        self._rules = ladder_rules(settings, key, people)
        self._site, self._sites = sites(settings, datetime.now(UTC).date())
        ways, now = settings.ladder.detour, datetime.now(UTC)
        self._patience = Patience(*(add(now, wait, self._site) - now for wait in (ways.after, ways.critical)))
        self.use(published)

    def use(self, published: Published) -> None:
        """Take newly published flows; talks stay with the structure that they began with."""
        self.published = published
        self._country = country_of(published.library, self.settings, self.settings.flows.path)
        self._setting = self._made()

    def setting(self) -> Setting:
        """The same as long as flows and people are."""
        if self._setting.people is not self.people.people():
            self._setting = self._made()
        return self._setting

    def _made(self) -> Setting:
        own = self.settings.organisation
        return Setting(
            flows=self.published.flows,
            people=self.people.people(),
            country=self._country,
            site=self._site,
            rules=self._rules,
            organisation=own.name,
            sites=self._sites,
            language=own.languages[0],
            files=FileRules(self.settings.files.max_bytes, self.settings.files.types),
            drafts=self.settings.retention.drafts,
            patience=self._patience,
        )


async def open_store(settings: Settings, key: MasterKey, *, simulation: bool, lock: bool = True) -> SqliteStore:
    """The store that `storage.url` names. Raises SettingsError."""
    from storage.store import SqliteStore

    kind: Kind = "simulation" if simulation else "production"
    return await SqliteStore.open(settings.storage.url, key, kind=kind, lock=lock)
