"""Who can be reached where, and in which language: facts that platforms and people tell, laid over the people. Pure.

Rule 1. A platform that needs a proof (somebody must have installed the bot) counts for whoever was reached there or
        installed it; any other counts until it says that this person cannot be reached.
Rule 2. The newest fact wins: a delivery or an installation heals a failure before it.
Rule 3. Whoever has asked for a language is written to in it everywhere, whatever a file or profile says.
Rule 4. Mail is laid over in the same way: an address that the mail server does not know is not written to again.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core.people import MAIL, People, Person, PersonId


@dataclass(frozen=True, slots=True)
class Reach:
    """When a person was last reached, last installed the bot, and last could not be reached on a platform. UTC.

    The `language` that was asked for stands at no platform, but at `EVERYWHERE`. `place` is what the platform must be
    told to write to them, beside their address there.
    """

    person: PersonId
    platform: str
    delivered: datetime | None = None
    installed: datetime | None = None
    failed: datetime | None = None
    language: str = ""
    place: str = field(default="", repr=False)

    @property
    def good(self) -> datetime | None:
        """The last proof."""
        return max((at for at in (self.delivered, self.installed) if at is not None), default=None)

    @property
    def broken(self) -> bool:
        return self.failed is not None and (self.good is None or self.failed > self.good)


#: Stands for all platforms.
EVERYWHERE = ""
Reaches = Mapping[tuple[PersonId, str], Reach]


def counts(reach: Reach | None, *, needs_proof: bool) -> bool:
    """Rule 1, for one person on one platform."""
    if reach is None:
        return not needs_proof
    return not reach.broken and (reach.good is not None or not needs_proof)


def spoken_with(person: Person, language: str) -> Person:
    """The person, who asked for this language; the same object where that was known."""
    known = person.asked and person.language == language
    return person if known else replace(person, language=language, asked=True)


def with_reach(people: People, known: Reaches, need_proof: Collection[str]) -> People:
    """The people with what is known of reaching them; the same object where that changes nobody."""
    changed: dict[PersonId, Person] = {}
    for person in people:
        places = [MAIL, *(address.platform for address in person.addresses)]
        out = frozenset(p for p in places if not counts(known.get((person.id, p)), needs_proof=p in need_proof))
        wish = known.get((person.id, EVERYWHERE))
        made = replace(person, unproved=out) if out != person.unproved else person
        if wish is not None:
            made = spoken_with(made, wish.language)
        if made is not person:
            changed[person.id] = made
    return People({**people.by_id, **changed}) if changed else people
