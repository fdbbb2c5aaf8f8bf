"""Every setting, with its meaning and default. `app.yaml` shows them all; a test holds the two together.

Rule 1. An unknown key is an error: a misspelt setting must never mean "the default" in silence.
Rule 2. Secrets are `SecretStr`, and a database's address, which may hold a password, is left out of every repr.
Rule 3. Paths are seen from where the bot is started.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, SecretStr

from bot.core.durations import Duration, Unit
from bot.core.levels import Level
from bot.core.worktime import Hours
from bot.settings import values

Port = Annotated[int, Field(ge=0, le=65535)]
Country = Annotated[str, AfterValidator(values.known_country)]
Language = Annotated[str, AfterValidator(values.language_code)]
TimeZone = Annotated[str, AfterValidator(values.known_timezone)]
WorkingWeek = Annotated[Hours, PlainValidator(values.read_hours)]
DurationText = Annotated[Duration, PlainValidator(values.read_duration)]
Email = Annotated[str, AfterValidator(values.email)]
Guid = Annotated[str, AfterValidator(values.guid)]
Database = Annotated[str, AfterValidator(values.database)]
Domain = Annotated[str, AfterValidator(values.domain)]
Workspace = Annotated[str, AfterValidator(values.workspace)]
WebAddress = Annotated[str, AfterValidator(values.web_address)]
MediaType = Annotated[str, AfterValidator(values.media_type)]

SLACK_API = "https://slack.com/api/"
GRAPH = "https://graph.microsoft.com"
ENTRA = "https://login.microsoftonline.com"


class Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


def _is_key(value: SecretStr) -> SecretStr:
    values.key_bytes(value.get_secret_value())
    return value


class Storage(Section):
    url: Annotated[Database, Field(repr=False)] = "sqlite+aiosqlite:///var/bistand.sqlite"
    #: The master key, 32 bytes in base64. Without it nothing that was written can be read.
    key: Annotated[SecretStr, AfterValidator(_is_key)] | None = None
    #: Where the data keys lie; None is beside the database. Its backups are kept shorter than the database's.
    keystore: Annotated[Database | None, Field(repr=False)] = None

    @property
    def key_bytes(self) -> bytes | None:
        return None if self.key is None else values.key_bytes(self.key.get_secret_value())


class Slack(Section):
    mode: Literal["socket", "http"] = "socket"
    bot_token: SecretStr | None = None
    #: Only for `mode: socket`.
    app_token: SecretStr | None = None
    #: Only for `mode: http`.
    signing_secret: SecretStr | None = None
    api_url: WebAddress = SLACK_API
    #: The label or id of the profile field that names somebody's manager, where the people file names none.
    manager_field: str = "Manager"

    @property
    def configured(self) -> bool:
        return any(secret is not None for secret in (self.bot_token, self.app_token, self.signing_secret))


class Teams(Section):
    app_id: Guid | None = None
    app_password: SecretStr | None = None
    tenant_id: Guid | None = None
    #: Where Microsoft Graph and Entra are: national clouds have their own.
    graph_url: WebAddress = GRAPH
    login_url: WebAddress = ENTRA
    #: For tests only: activities without a token, from this machine.
    allow_anonymous: bool = False

    @property
    def configured(self) -> bool:
        return self.allow_anonymous or any(value is not None for value in (self.app_id, self.app_password))


class People(Section):
    file: Path = Path("people.yaml")
    #: Whose accounts are joined to the people of the file by e-mail: of these domains, or of all that the file has.
    domains: Annotated[tuple[Domain, ...], BeforeValidator(values.read_words)] = ()
    #: Beside the workspace that the bot is installed in.
    slack_workspaces: Annotated[tuple[Workspace, ...], BeforeValidator(values.read_words)] = ()
    #: Beside `teams.tenant_id`.
    entra_tenants: Annotated[tuple[Guid, ...], BeforeValidator(values.read_words)] = ()


class Flows(Section):
    path: Path = Path("flows")


class Site(Section):
    """A place of work. What it leaves out is as in the organisation."""

    country: Country | None = None
    timezone: TimeZone | None = None
    hours: WorkingWeek | None = None


class WorkPlace(Section):
    """A site with nothing left out: public holidays by country, hours by time zone."""

    country: Country
    timezone: TimeZone
    hours: WorkingWeek


class Organisation(Section):
    name: str = ""
    country: Country = "dk"
    #: The first is the one for people of whom nothing else is known.
    languages: Annotated[tuple[Language, ...], BeforeValidator(values.read_words), Field(min_length=1)] = ("en", "da")
    timezone: TimeZone = "Europe/Copenhagen"
    hours: WorkingWeek = values.read_hours("mon-fri 08:00-16:00")
    sites: dict[str, Site] = {}

    def place(self, site: str) -> WorkPlace:
        """Where the people of a site work; an unknown name is the organisation's own place."""
        own = self.sites.get(site, Site())
        return WorkPlace(
            country=own.country or self.country, timezone=own.timezone or self.timezone, hours=own.hours or self.hours
        )


class Http(Section):
    host: str = "127.0.0.1"
    #: 0 takes any free port.
    port: Port = 8080
    admin_port: Port = 8081


class Mail(Section):
    host: str | None = None
    port: Port = 587
    sender: Email | None = None
    username: str | None = None
    password: SecretStr | None = None
    tls: Literal["starttls", "implicit", "none"] = "starttls"
    #: Opens the bot: stands in each mail.
    link: WebAddress | None = None


class Pager(Section):
    url: WebAddress | None = None
    #: Signs each call, so that the receiver knows who rings.
    secret: SecretStr | None = None


class Detour(Section):
    """When and where an alert goes while its platform is down; then mail, then the pager."""

    after: Annotated[Duration, PlainValidator(values.read_clock_time)] = Duration(10, Unit.MIN)
    critical: Annotated[Duration, PlainValidator(values.read_clock_time)] = Duration(3, Unit.MIN)
    #: Where those who are on several platforms are written to first.
    platforms: Annotated[tuple[Literal["slack", "teams"], ...], BeforeValidator(values.read_words)] = ("slack", "teams")


class Acknowledge(Section):
    """How long one rung has, from when its alert was delivered, before the next is told."""

    critical: DurationText = Duration(15, Unit.MIN)
    high: DurationText = Duration(1, Unit.HOURS)
    medium: DurationText = Duration(4, Unit.WORKING_HOURS)
    low: DurationText = Duration(1, Unit.WORKING_DAYS)

    def of(self, level: Level) -> Duration:
        match level:
            case Level.CRITICAL:
                return self.critical
            case Level.HIGH:
                return self.high
            case Level.MEDIUM:
                return self.medium
            case Level.LOW:
                return self.low


class Ladder(Section):
    #: Who is told when nobody else is left; an e-mail of the people file.
    fallback: Email | None = None
    acknowledge: Acknowledge = Acknowledge()
    detour: Detour = Detour()


class Retention(Section):
    #: How long a report that was never sent is kept.
    drafts: Annotated[Duration, PlainValidator(values.read_days)] = Duration(30, Unit.DAYS)


class Log(Section):
    level: Literal["debug", "info", "warning", "error"] = "info"


class Files(Section):
    #: The largest file that may be attached, in MiB.
    max_mb: Annotated[int, Field(ge=1, le=1000)] = 25
    types: Annotated[tuple[MediaType, ...], BeforeValidator(values.read_words)] = (
        "image/png",
        "image/jpeg",
        "image/webp",
        "image/heic",
        "application/pdf",
        "text/plain",
        "audio/mpeg",
        "audio/mp4",
        "video/mp4",
    )

    @property
    def max_bytes(self) -> int:
        return self.max_mb * 1024 * 1024


class Written(Section):
    """All that can be written in `app.yaml` or set in the environment."""

    storage: Storage = Storage()
    slack: Slack = Slack()
    teams: Teams = Teams()
    people: People = People()
    flows: Flows = Flows()
    organisation: Organisation = Organisation()
    http: Http = Http()
    mail: Mail = Mail()
    pager: Pager = Pager()
    ladder: Ladder = Ladder()
    retention: Retention = Retention()
    log: Log = Log()
    files: Files = Files()


class Settings(Written):
    """The settings, and whether this is a test: `testing` comes from `BISTAND_TESTING=1` and is no setting."""

    testing: bool = False
