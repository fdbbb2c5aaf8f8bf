"""The commands, and what happens when one fails.

Rule 1. A command loads what it needs when it is called: most are short, and the server's libraries take a second.
"""

from __future__ import annotations

import asyncio
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from typer.exceptions import TyperException

from bot import __version__
from bot.cli import authoring, people, slack, teams
from bot.cli.options import Config, as_called, called, load_settings
from bot.errors import BistandError, FlowError, Invariant

app = typer.Typer(
    help="Bistand: the first response to harassment of employees.", no_args_is_help=True, rich_markup_mode=None
)
db = typer.Typer(help="The database.", no_args_is_help=True)
app.add_typer(authoring.app, name="flows")
app.add_typer(people.app, name="people")
app.add_typer(slack.app, name="slack")
app.add_typer(teams.app, name="teams")
app.add_typer(db, name="db")

OURS = 70


@app.command("play")
def play_(
    config: Config = Path("app.yaml"),
    terminal: Annotated[bool, typer.Option("--terminal", help="Talk in this terminal, without a browser.")] = False,
    port: Annotated[int, typer.Option(help="Where the page is served, on this machine only; 0 is any free one.")] = 0,
    as_: Annotated[str, typer.Option("--as", help="In the terminal: who you are at first, by first name.")] = "",
    store: Annotated[Path, typer.Option(help="Where the simulation is kept; it goes on from there.")] = Path(
        "var/play.sqlite"
    ),
    fresh: Annotated[bool, typer.Option("--fresh", help="Begin with an empty simulation.")] = False,
    save: Annotated[Path | None, typer.Option(help="In the terminal: write the talk down as a test.")] = None,
) -> None:
    """Live through a talk as employee, manager and HR, with a clock that you can move. No token, no network."""
    settings = load_settings(config)
    if terminal:
        from bot.cli import play

        asyncio.run(play.play(settings, name=as_, store=store, fresh=fresh, save=save))
    else:
        from bot.cli import simulator

        asyncio.run(simulator.simulate(settings, store=store, fresh=fresh, port=port))


@app.command("audit")
def audit_(
    auditor: Annotated[str, typer.Argument(help="The e-mail of somebody with the office of auditor.")],
    config: Config = Path("app.yaml"),
    case: Annotated[str, typer.Option(help="Show this case's lines, by its reference.")] = "",
) -> None:
    """Show that something was done in each case, and when, and that nobody changed it since: no answers, no names."""
    from bot.cli import audit

    audit.audit(config, auditor, case)


@app.command()
def run(config: Config = Path("app.yaml")) -> None:
    """Serve the platforms in the settings until SIGTERM."""
    from bot.cli import serve

    asyncio.run(serve.serve(load_settings(config)))


@app.command("doctor")
def doctor_(
    config: Config = Path("app.yaml"),
    live: Annotated[bool, typer.Option("--live", help="Let Slack itself judge everything that the bot shows.")] = False,
) -> None:
    """Check settings, people and the app in the chats: what is well, what to mend. Exits with 1 where anything is."""
    from bot.cli import doctor

    doctor.doctor(config, live=live)


@app.command()
def version() -> None:
    """Print the version."""
    typer.echo(f"bistand {__version__}")


@db.command("upgrade")
def db_upgrade(config: Config = Path("app.yaml")) -> None:
    """Bring the database to this version; a copy of it is kept beside it."""
    from storage import migrate

    settings = load_settings(config)
    backup = migrate.upgrade(settings.storage.url)
    at = datetime.now(UTC).strftime("%H:%M")
    typer.echo(f"{at} The database is up to date." + (f" The one before is kept as {backup}." if backup else ""))


def main() -> NoReturn:
    """Run the command line and exit."""
    sys.exit(_run())


def _run() -> int:
    try:
        code = app(standalone_mode=False)
    except (typer.Abort, KeyboardInterrupt):
        return 130
    except TyperException as error:
        typer.echo(f"bistand: {error}. Try: {called()} --help", err=True)
        return 2
    except FlowError as error:
        typer.echo(as_called(str(error)), err=True)
        return 1
    except Invariant as error:
        return _ours(error)
    except BistandError as error:
        typer.echo(f"bistand: {error}", err=True)
        return 2
    except OSError as error:
        typer.echo(f"bistand: {error.strerror or 'the system refused'}: {error.filename or ''}".rstrip(": "), err=True)
        return 2
    except Exception as error:  # noqa: BLE001 - the last door: nobody is shown a traceback
        return _ours(error)
    return code if isinstance(code, int) else 0  # a command that ends with a code returns it here


def _ours(error: Exception) -> int:
    """Places only: an error's words may be somebody's."""
    places = " < ".join(
        f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[::-1][:6]
    )
    typer.echo(f"bistand: this is a fault of ours ({type(error).__name__} at {places}). Please report it.", err=True)
    return OURS
