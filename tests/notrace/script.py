"""All that a person does while the extra case lives beside it; the same in every position."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.core.people import People, PersonId
from tests.notrace.moves import OWN, PRESSES, forged, mixed, words
from tests.notrace.pair import Pair
from tests.notrace.secret import Secret

ALL = slice(None)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


async def looks(pair: Pair, secret: Secret, part: slice = ALL) -> None:
    """Looks around, and presses whatever can be forged. Raises Trace."""
    await pair.says("cases", "help", *PRESSES)
    for name, move in (*forged(secret, pair.more.house.setting.flows), *mixed(secret))[part]:
        await pair.does(name, move)


async def everything(pair: Pair, secret: Secret, part: slice = ALL) -> None:
    """The case is sent, taken, worked on, taken back. `part` is of the words and buttons that there are. Raises Trace."""
    await pair.says("cases", "help", *PRESSES)
    await secret.lives(pair.person)
    await pair.passes(2 * HOUR)
    await secret.lives(pair.person, 2)
    await pair.says(*words(pair.more.house.setting.flows)[part])
    await pair.starts_again()
    await looks(pair, secret, part)
    await pair.has_people(moved(pair.more.people, secret.reporter))
    await pair.says("delete", "yes", *OWN, *PRESSES)
    await pair.passes(3 * DAY)
    await secret.lives(pair.person, 3)
    for line in ("withdraw", "yes"):
        await secret.stage.line(secret.reporter, line)
    await pair.passes(DAY)
    await pair.says("cases", "who can see this?", *PRESSES)
    pair.ends()


def moved(people: People, person: PersonId) -> People:
    """This person has another title, so that every case hears of it and nothing follows."""
    return People({p.id: replace(p, title="Moved") if p.id == person else p for p in people})
