"""`bistand slack …`: what Slack is to be given."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from adapters.slack.manifest import LONGEST_NAME, NAME, manifest
from bot.errors import SettingsError
from bot.settings.values import Misfit, web_address

app = typer.Typer(help="Slack: the app's manifest.", no_args_is_help=True)


@app.command("manifest")
def manifest_(
    http: Annotated[
        str, typer.Option(metavar="URL", help="The bot's public https address, for mode: http. Left out: Socket Mode.")
    ] = "",
    name: Annotated[str, typer.Option(help="What the app is called in Slack.")] = NAME,
) -> None:
    """Print the manifest that Slack makes the app from. Needs no settings and no token."""
    if not 0 < len(name.strip()) <= LONGEST_NAME:
        raise SettingsError(f"--name: Slack takes 1 to {LONGEST_NAME} characters")
    try:
        address = web_address(http) if http else ""
    except Misfit as error:
        raise SettingsError(f"--http {error}") from None
    typer.echo(json.dumps(manifest(name.strip(), address), indent=2, ensure_ascii=False))
