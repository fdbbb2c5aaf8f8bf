"""`bistand teams …`: what Teams is to be given."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from adapters.teams.manifest import LONGEST_NAME, NAME, Publisher, manifest, translations
from bot import __version__
from bot.cli.options import Config, load_settings
from bot.errors import SettingsError
from bot.settings import Settings
from bot.settings.values import Misfit, web_address

app = typer.Typer(help="Teams: the app's package.", no_args_is_help=True)

#: Stands where an operator has named no page of theirs.
PLACEHOLDER = "https://example.org"
NO_APP = (
    "teams.app_id is missing: it is the app's id in Entra, and the package is made for it. Make the app there first, "
    "and set BISTAND_TEAMS__APP_ID. docs/teams.md shows how."
)
_VERSION = re.compile(r"(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}", re.ASCII)
Page = Annotated[str, typer.Option(metavar="URL", help="Your page for it, https; left out: that of --website.")]


@app.callback()
def teams_() -> None:
    """Teams: the app's package."""  # with a callback the one command keeps its name


@app.command("package")
def package_(
    config: Config = Path("app.yaml"),
    out: Annotated[Path, typer.Option(metavar="FILE", help="Where the package is written.")] = Path(
        "bistand-teams.zip"
    ),
    name: Annotated[str, typer.Option(help="What the app is called in Teams.")] = NAME,
    website: Annotated[
        str, typer.Option(metavar="URL", help="Your page about Bistand, https: Teams shows it beside the app.")
    ] = "",
    privacy: Page = "",
    terms: Page = "",
    version: Annotated[
        str, typer.Option(help="The package's version: Teams takes a changed package only with a higher one.")
    ] = __version__,
) -> None:
    """Write the package that an administrator uploads to Teams. Needs teams.app_id; it holds no secret."""
    from adapters.teams.package import package

    settings = load_settings(config)
    if settings.teams.app_id is None:
        raise SettingsError(NO_APP)
    name = name.strip()
    if not 0 < len(name) <= LONGEST_NAME:
        raise SettingsError(f"--name: Teams takes 1 to {LONGEST_NAME} characters")
    if not _VERSION.fullmatch(version):
        raise SettingsError("--version: Teams takes three numbers, as 1.2.3")
    publisher = _publisher(settings, website, privacy, terms)
    made = manifest(settings.teams.app_id, version, publisher, name)
    out.write_bytes(package(made, translations(name)))
    typer.echo(f"{out}: the app {name}, version {version}, of {publisher.name}.")
    typer.echo("Upload it in the Teams admin center: Teams apps, Manage apps, Actions, Upload new app.")
    if not website:
        typer.echo(
            f"Its links lead to {PLACEHOLDER} as yet: name your own page with --website https://…, where people can "
            "read about it and about their data."
        )


def _publisher(settings: Settings, website: str, privacy: str, terms: str) -> Publisher:
    own = _page("website", website) or PLACEHOLDER
    return Publisher(
        name=settings.organisation.name.strip() or NAME,
        website=own,
        privacy=_page("privacy", privacy) or own,
        terms=_page("terms", terms) or own,
    )


def _page(option: str, address: str) -> str:
    try:
        return web_address(address) if address else ""
    except Misfit as error:
        raise SettingsError(f"--{option} {error}") from None
