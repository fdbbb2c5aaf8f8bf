"""`bistand play`: live through a talk as employee, manager and HR, in one terminal, with a clock that moves.

Rule 1. A line is what the person at the prompt says; a line that begins with / is for the stage.
Rule 2. What appears for somebody else is shown with that person's name: nobody has to guess who reads it.
Rule 3. It is a simulation: its store is refused by a process with a real platform.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import typer

from adapters.terminal import render
from bot.cli.house import remove
from bot.cli.options import called
from bot.cli.rehearse import Rehearsal
from bot.core.languages import phrases
from bot.core.messages import Form, Message
from bot.core.people import Person, PersonId
from bot.core.replies import FormErrors, OpenForm, Reply, Show
from bot.observe import configure
from bot.runtime.clocks import MovableClock
from bot.settings import Settings
from bot.simulation.cast import by_role, employee
from bot.simulation.found import NoSuchButton
from bot.simulation.names import name_of
from bot.simulation.recording import record
from bot.simulation.screens import Screens
from bot.simulation.stage import Stage
from bot.simulation.text import plain
from bot.simulation.transcript import duration
from bot.simulation.written import Filled, write
from storage.master import development_key

HELP = """You are {name}. Write report to begin. A number, a label or [Label] answers; [A] [B] ticks several.
  /as NAME    be somebody else: a first name, or manager, deputy, hr, on_call, safety_rep of the first person
  /wait 4h    move the clock: 30min, 4h, 3d, 2w; reminders and escalations come on the way
  /people     who there is        /case       how the newest case stands
  /form       open the form       /file NAME  attach a file
  /restart    kill the bot and start it again: nothing is lost
  /save FILE  write the talk so far down as a test
  /help       these lines         /quit       leave; the talk can be gone on with"""


@dataclass
class Seat:
    """Who sits at the prompt, and who sat there first."""

    first: PersonId
    now: PersonId


class Play:
    """One sitting. `ask` reads a line (None at the end), `show` prints one."""

    def __init__(
        self, made: Rehearsal, name: str, ask: Callable[[str], str | None], show: Callable[[str], None]
    ) -> None:
        self.made = made
        self.stage: Stage = made.stage()
        self.stage.count = int(made.clock.now().timestamp() * 1000)
        first = self.stage.person(name) if name else employee(made.people())
        self.seat = Seat(first, first)
        self.ask = ask
        self.show = show
        self.shown = 0
        self.lines: list[str] = []

    async def run(self) -> None:
        self.show(HELP.format(name=self._name(self.seat.now)))
        if await self.made.case() != "none":
            self.show("\n  A talk from before is kept here. Write resume to go on, or begin with --fresh.")
        while (line := await asyncio.to_thread(self.ask, f"{self._short(self.seat.now)}> ")) is not None:
            text = line.strip()
            if text == "/quit":
                break
            if text.startswith("/"):
                await self.order(text)
            elif text:
                await self.say(text)
            self.print_news()

    # --- what is said ---

    async def say(self, text: str) -> None:
        person = self.seat.now
        self.lines.append(f"{self._short(person):<6} > {text}")
        try:
            reply = await self.stage.line(person, text)
        except NoSuchButton as error:
            self.lines.pop()
            self.show(f"  ({error})")
            return
        await self.answered(reply)

    async def answered(self, reply: Reply) -> None:
        self.print_news()
        match reply:
            case OpenForm(form):
                await self.fill_in(form)
            case Show(title, facts):
                self.show(f"  ── {title} ──")
                for fact in facts:
                    self.show(f"  {fact.label}: {plain(fact.value)}")
            case FormErrors(errors):
                for error in errors:
                    self.show(f"  {error.field}: {error.text}")
                await self.fill_in(self.stage.form(self.seat.now), only={error.field for error in errors})
            case _:
                pass

    async def fill_in(self, form: Form, only: set[str] | None = None) -> None:
        """Ask the fields one after the other, then send the form."""
        self.show(f"  ── {plain(form.title)} ──")
        values = []
        for index, field in enumerate(form.fields):
            if only is not None and field.id not in only:
                values.append((field.id, ", ".join(field.initial)))
                continue
            for line in render.field_prompt(form, index):
                self.show(line)
            typed = await asyncio.to_thread(self.ask, f"    {field.id}: ")
            if typed is None:
                return
            given = typed.strip() or ", ".join(field.initial)
            if given:
                values.append((field.id, given))
        await self.say(write(Filled(tuple(values))))

    # --- the stage ---

    async def order(self, text: str) -> None:
        order, _, rest = text.partition(" ")
        match order:
            case "/as":
                self.change_seat(rest.strip())
            case "/wait":
                await self.wait(rest.strip())
            case "/people":
                for person in self.made.people():
                    self.show(f"  {person.name}, {person.title}" + _roles(person))
            case "/case":
                self.show(f"  {await self.made.case()}")
            case "/form":
                await self.say("[Open form]")
            case "/file":
                await self.say(f"(file {rest.strip()})")
            case "/restart":
                await self.made.drop()
                await self.made.open(timers=True)
                await self.made.service.quiet()
                self.show("  (the bot was killed and has started again)")
            case "/save":
                self.save(Path(rest.strip() or "talk.txt"))
            case _:
                self.show(HELP.format(name=self._name(self.seat.now)))

    def change_seat(self, name: str) -> None:
        try:
            self.seat.now = by_role(name, self.seat.first, self.made.people()) or self.stage.person(name)
        except KeyError:
            self.show(f"  (nobody, or more than one, is called {name}; /people lists them)")
            return
        self.show(f"  (you are {self._name(self.seat.now)})")
        for shown in self.stage.screens.of(self.seat.now)[-3:]:
            if not shown.removed:
                self.print_message(self.seat.now, shown.message)

    async def wait(self, text: str) -> None:
        by = duration(f"+{text}")
        if by is None:
            self.show("  (write /wait 30min, /wait 4h, /wait 3d or /wait 2w)")
            return
        self.lines.append(f"+ {text}")
        await self.stage.wait(by)
        self.show(f"  (it is {self.made.clock.now().astimezone():%A %d %B, %H:%M})")

    def save(self, path: Path) -> None:
        start = f"at: {self.made.clock.now().astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join([f"# {path.stem}", start, "", *self.lines, ""]), encoding="utf-8")
        self.show(f"  (written to {path}; {called()} flows test {path} replays it)")

    # --- what is seen ---

    def print_news(self) -> None:
        self.lines.extend(record(self.stage, self.shown, changes=False))
        for person, sign, message in self.stage.screens.news[self.shown :]:
            if sign == "<":
                self.print_message(person, message)
        self.shown = len(self.stage.screens.news)

    def print_message(self, person: PersonId, message: Message) -> None:
        found = self.made.people().get(person)
        label = phrases(found.language if found is not None else "en").open_form
        mark = "" if person == self.seat.now else f"[{self._name(person)}] "
        lines = render.lines(message, label)
        self.show("")
        self.show(f"  {mark}{lines[0]}")
        for line in lines[1:]:
            self.show(f"  {line}")

    def _name(self, person: PersonId) -> str:
        found = self.made.people().get(person)
        return found.name if found is not None else "?"

    def _short(self, person: PersonId) -> str:
        return name_of(person, self.made.people())


def _roles(person: Person) -> str:
    return f" ({', '.join(sorted(person.roles))})" if person.roles else ""


async def play(settings: Settings, *, name: str, store: Path, fresh: bool, save: Path | None) -> None:
    """One sitting in this terminal."""
    store.parent.mkdir(parents=True, exist_ok=True)
    configure("error")
    if fresh:
        remove(store)
    key = development_key(store.parent / "play.key")
    clock = MovableClock(datetime.now(UTC), running=True)
    made = Rehearsal(settings, f"sqlite+aiosqlite:///{store}", key, clock, Screens())
    await made.open(timers=True)
    sitting = Play(made, name, _ask, typer.echo)
    try:
        await sitting.run()
        if save is not None:
            sitting.save(save)
    finally:
        await made.service.stop()


def _ask(prompt: str) -> str | None:
    try:
        line = input(prompt)
    except EOFError:
        return None
    if not sys.stdin.isatty():
        typer.echo(line)
    return line
