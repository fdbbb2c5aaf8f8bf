"""Writes down what the bot answers: `python -m tests.record flows/tests/*.txt tests/transcripts/*.txt`.

A transcript is written with what people do (`ana > report`, `+ 4 hours`, `case =`), and this adds what they see.
Run it again after a text was changed, and read the difference: what stands there is what a person will read. A line
that still agrees is left as it was written: its "…" may stand for what differs from one replay to the other.
"""

from __future__ import annotations

import asyncio
import re
import sys
from itertools import takewhile
from pathlib import Path

from bot.cli.rehearse import rehearsal
from bot.settings import load
from bot.simulation.recording import record
from bot.simulation.replay import Replay, agrees
from bot.simulation.transcript import AWAY, PEOPLE, SPEAKS, WAYS, Line, Transcript, TranscriptError, read_transcript

SETTINGS = Path(__file__).parent.parent / "app.yaml"


async def recorded(text: str, name: str) -> str:
    """The transcript with its answers anew; a line that cannot be done ends it with a "!" line."""
    text = re.sub(r"^case\s*=\s*$", "case   = …", text, flags=re.MULTILINE)
    transcript = read_transcript(text, name)
    done = {line.number: line for line in transcript.lines}
    written: list[str] = []
    async with rehearsal(load(SETTINGS, {}), transcript.start) as made:
        stage = made.stage()
        for who, language in transcript.speaks.items():
            made.speak(stage.person(who), language)
        replay = Replay(stage, made)
        for number, raw in enumerate(text.splitlines(), 1):
            line = done.get(number)
            if line is None:
                written.append(raw.rstrip())
            elif line.sign == "=":
                written.append(f"case   = {await made.case()}")
            elif line.sign in (">", "+", SPEAKS, PEOPLE, AWAY, WAYS):
                written.append(raw.rstrip() if line.sign != ">" else f"{line.who:<6} > {line.text}")
                since = len(stage.screens.news)
                one = Transcript(name, "", transcript.start, (line,))
                try:
                    await replay.do(line, one)
                except TranscriptError as error:
                    written.extend((f"! {error}", *text.splitlines()[number:]))
                    break
                after = (other for other in transcript.lines if other.number > number)
                old = list(takewhile(lambda other: other.sign in "<~x@", after))
                written.extend(as_it_stood(seen, old) for seen in record(stage, since, changes=True))
    return "\n".join(written).rstrip() + "\n"


def as_it_stood(seen: str, old: list[Line]) -> str:
    """The line that was written for this one, if it still agrees."""
    for line in old:
        head = f"{line.who:<6} {line.sign} "
        if seen.startswith(head) and agrees(line.text, seen.removeprefix(head)):
            old.remove(line)
            return head + line.text
    return seen


def main(paths: list[str]) -> None:
    for path in map(Path, paths):
        path.write_text(asyncio.run(recorded(path.read_text(encoding="utf-8"), path.name)), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
