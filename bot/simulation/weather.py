"""The weather on the stage: which ways out are down, and who cannot be reached where.

Rule 1. The ways are called `chat`, `second` (another chat: only who installed the bot there counts), `mail`, `pager`.
Rule 2. `chat is down`: what the bot sends does not arrive there, until `chat is back`. What people do still reaches it.
Rule 3. `luis joins second`: he installs the bot there. `luis leaves chat`: he removes it, and the platform says so at
        once. `luis blocks chat`: the platform says so when something is sent to him.
Rule 4. It outlives the bot: whoever starts again finds it as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.effects import Beside
from bot.core.people import PersonId
from bot.errors import ChannelDown, PersonUnreachable
from bot.runtime.owed import Owed

#: The platforms of the stage's two chats.
PLATFORM, SECOND = "simulation", "second"
#: What lines call the ways out.
WAYS = {"chat": PLATFORM, "second": SECOND, "mail": Beside.MAIL.value, "pager": Beside.PAGER.value}
_TURNS = re.compile(r"(?P<way>chat|second|mail|pager) is (?P<does>down|back)")
_MOVES = re.compile(r"(?P<who>[\w@'’-]+) (?P<does>(?:joins|leaves) (?=chat|second)|blocks (?!pager))(?P<way>\w+)")


class Does(StrEnum):
    DOWN = "down"
    BACK = "back"
    JOINS = "joins"
    LEAVES = "leaves"
    BLOCKS = "blocks"


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of the weather; `who` is whoever joins, leaves or blocks, as the line calls them."""

    platform: str
    does: Does
    who: str = ""


def read_turns(text: str) -> tuple[Turn, ...] | None:
    """What a line changes, parted by commas; None where it cannot be read."""
    found = [_TURNS.fullmatch(part.strip()) or _MOVES.fullmatch(part.strip()) for part in text.split(",")]
    turns = []
    for one in found:
        if one is None or one["way"] not in WAYS:
            return None
        turns.append(Turn(WAYS[one["way"]], Does(one["does"].strip()), one.groupdict().get("who", "")))
    return tuple(turns)


@dataclass
class Weather:
    down: set[str] = field(default_factory=set)
    blocked: set[tuple[PersonId, str]] = field(default_factory=set)

    def over(self, owed: Owed) -> None:
        """Raises what a real platform's way out raises, in this weather."""
        if owed.platform in self.down:
            raise ChannelDown("failed_503")
        if (owed.to, owed.platform) in self.blocked:
            raise PersonUnreachable("blocked")

    def turn(self, turn: Turn, person: PersonId | None) -> None:
        match turn.does:
            case Does.DOWN:
                self.down.add(turn.platform)
            case Does.BACK:
                self.down.discard(turn.platform)
            case Does.LEAVES | Does.BLOCKS if person is not None:
                self.blocked.add((person, turn.platform))
            case Does.JOINS if person is not None:
                self.blocked.discard((person, turn.platform))
            case _:
                pass
