"""What people send, made safe before anything reads it. Pure.

Rule 1. Whatever can be typed can be taken: half characters, control and direction characters are left out, not refused.
Rule 2. What was left out is nothing that anybody reads; all the rest stays as it was written.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.events import Event, Said, Submitted, Uploaded
from bot.core.texts import clean


def tidy(event: Event) -> Event:
    """An event whose words can be kept, shown and searched."""
    match event:
        case Said(text=text):
            return replace(event, text=clean(text))
        case Submitted(values=values):
            return replace(event, values={field: tuple(map(clean, given)) for field, given in values.items()})
        case Uploaded(files=files):
            return replace(event, files=tuple(replace(file, name=clean(file.name)) for file in files))
        case _:
            return event
