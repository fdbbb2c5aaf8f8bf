"""`bistand flows …`: what authors are given."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from textwrap import fill
from typing import Annotated

import typer

from adapters.files.flows import read_flows
from bot import ways, wiring
from bot.cli.options import Config, as_called, called, load_settings
from bot.core.languages.codes import is_language, meant_language
from bot.errors import FlowError, SettingsError
from bot.flow.check import RULES
from bot.flow.merge import merge
from bot.flow.model import Translation
from bot.flow.schema import schema as make_schema
from bot.flow.translate import load_translation
from bot.settings import Settings

app = typer.Typer(help="The flows: check, test, translate, publish.", no_args_is_help=True)
Folder = Annotated[Path | None, typer.Argument(help="The folder of the flows; left out: flows.path of the settings.")]


@app.command()
def check(
    folder: Folder = None,
    config: Config = Path("app.yaml"),
    explain: Annotated[str, typer.Option("--explain", help="What a rule means, with an example.")] = "",
) -> None:
    """Show every problem at once, as file:line:column. Exits with 1 where there is any."""
    if explain:
        _explain(explain)
        return
    settings = load_settings(config)
    library = wiring.read_library(
        folder or settings.flows.path, settings.organisation.languages, datetime.now(UTC).date()
    )
    problems = (*library.problems, *ways.unheard(settings, library))
    for problem in problems:
        typer.echo(as_called(f"{problem}  [{problem.rule}]"))
    if ways.ends_in_chat(settings):
        raise SettingsError(ways.ENDS_IN_CHAT)
    if problems:
        count = len(problems)
        said = f"{count} {'problem' if count == 1 else 'problems'}"
        typer.echo(f"\n{said}. {called()} flows check --explain RULE says more.")
        raise typer.Exit(1)  # what is only in doubt is told when the rest is well
    wiring.country_of(library, settings, folder or settings.flows.path)
    typer.echo(f"{len(library.flows)} flows are well.")
    if library.warnings:
        typer.echo("\nNothing is wrong with these, but please look at them before anybody relies on them:")
    for warning in library.warnings:
        typer.echo(f"  {warning}")


def _explain(rule: str) -> None:
    if rule not in RULES:
        raise SettingsError(f"there is no rule {rule!r}. The rules are: {', '.join(sorted(RULES))}")
    typer.echo(f"{rule}\n\n" + "\n".join(fill(line, 100) if line.strip() else "" for line in RULES[rule].splitlines()))


@app.command()
def test(
    paths: Annotated[list[Path] | None, typer.Argument(help="Transcripts, or folders of them.")] = None,
    config: Config = Path("app.yaml"),
) -> None:
    """Replay transcripts. Exits with 1 where the bot says something else."""
    from bot.cli.rehearse import rehearse
    from bot.simulation.transcript import TranscriptError, read_transcript

    settings = load_settings(config)
    given = paths or [settings.flows.path / "tests"]
    files = sorted(file for path in given for file in (path.glob("*.txt") if path.is_dir() else [path]))
    if not files:
        raise SettingsError(f"there are no transcripts (*.txt) in {', '.join(str(path) for path in given)}")
    failed = 0
    for file in files:
        try:
            transcript = read_transcript(file.read_text(encoding="utf-8"), file.name)
            asyncio.run(rehearse(settings, transcript))
        except TranscriptError as error:
            failed += 1
            typer.echo(str(error))
        else:
            typer.echo(f"{file.name}: {transcript.about or 'agrees'}")
    typer.echo(f"{len(files) - failed} agree, {failed} do not.")
    if failed:
        raise typer.Exit(1)


@app.command("schema")
def schema_() -> None:
    """Print the JSON schema of the flow language, for editors."""
    typer.echo(json.dumps(make_schema(), indent=2, ensure_ascii=False))


@app.command()
def translate(
    flow: Annotated[str, typer.Argument(help="The flow, as: report")],
    language: Annotated[str, typer.Argument(help="The language, as: da")],
    config: Config = Path("app.yaml"),
) -> None:
    """Bring a translation up to date: new texts empty, changed ones with the old translation."""
    if not is_language(language):
        raise SettingsError(f'"{language}" is no language.{meant_language(language)}')
    settings = load_settings(config)
    folder = settings.flows.path
    library = wiring.read_library(folder, ())
    found = library.flows.get(flow)
    if found is None:
        raise SettingsError(f"there is no flow {flow!r}. There are: {', '.join(library.flows)}")
    target = folder / f"{flow}.{language}.yaml"
    text = merge(found, _before(target), language)
    changed = not target.exists() or target.read_text(encoding="utf-8") != text
    target.write_text(text, encoding="utf-8")
    typer.echo(f"{target} {'is brought up to date' if changed else 'was up to date'}.")


def _before(target: Path) -> Translation | None:
    """The translation as it is. Raises FlowError where it cannot be read: nothing of it may be lost."""
    files, unread = read_flows(target.parent)
    unread = tuple(problem for problem in unread if problem.file == target.name)
    if target.name not in files and not unread:
        return None
    translation, problems = (None, unread) if unread else load_translation(files[target.name], target.name)
    if problems:
        raise FlowError(problems)
    return translation


@app.command()
def publish(folder: Folder = None, config: Config = Path("app.yaml")) -> None:
    """Make these flows the current ones. With any problem, nothing is published."""
    settings = load_settings(config)
    names = asyncio.run(_publish(settings, folder or settings.flows.path))
    typer.echo(f"Published: {', '.join(names)}." if names else "Nothing has changed since the last time.")


async def _publish(settings: Settings, folder: Path) -> list[str]:
    key = wiring.master_key(settings)
    store = await wiring.open_store(settings, key, simulation=False, lock=False)
    try:
        return await wiring.publish(store, folder, settings.organisation.languages, datetime.now(UTC))
    finally:
        await store.close()
