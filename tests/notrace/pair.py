"""Two deployments side by side: one person does the same in both, and whatever is seen of it must be the same.

Rule 1. Both have the same people, flows, master key and clock; in the first there is one case more.
Rule 2. After every move all is compared: the reply, what came onto the screen, changed or went, every send to anybody,
        and every statement. While time passes: all that comes to this person, by any way.
Rule 3. Time goes from one timer of either to the next, in step.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.core.people import People, PersonId
from bot.simulation.found import NoSuchButton
from bot.simulation.stage import Stage
from tests.notrace.deployment import Deployment
from tests.notrace.masked import Mask, shape

#: What a person does; returns whatever it is answered with at once.
Move = Callable[[Stage, PersonId], Awaitable[object]]
#: Events of the person that is looked at are counted from here on.
FIRST = 1_000_000


def saying(line: str) -> Move:
    return lambda stage, person: stage.line(person, line)


class Trace(AssertionError):
    """The two can be told apart."""


@dataclass
class Side:
    """One of the two, as one person sees it."""

    deployment: Deployment
    stage: Stage
    mask: Mask
    heard: int = 0

    def ready(self) -> None:
        """Nothing of what was before counts."""
        self.deployment.told.clear()
        self.deployment.out.sent.clear()
        self.heard = len(self.deployment.screens.news)

    async def does(self, move: Move, person: PersonId) -> dict[str, list[str]]:
        self.ready()
        try:
            answer = await move(self.stage, person)
        except NoSuchButton as none:
            answer = str(none)
        await self.deployment.house.service.quiet()
        sent = [self.mask.over(sent) for sent in self.deployment.out.sent]
        return {
            "answer": [self.mask.over(answer)],
            **self.sight(person),
            "sent": sorted(sent),
            "statements": sorted(map(shape, self.deployment.told)),
        }

    def sight(self, person: PersonId) -> dict[str, list[str]]:
        """What has come to this person since it was made `ready`."""
        news = self.deployment.screens.news[self.heard :]
        return {
            "screen": [self.mask.over((kind, message)) for who, kind, message in news if who == person],
            "came": [self.mask.over(sent) for sent in self.deployment.out.sent if sent.to == person],
        }

    def shown(self, person: PersonId) -> list[str]:
        """The whole screen, with what was taken away."""
        return [self.mask.over(shown) for shown in self.deployment.screens.of(person)]


class Pair:
    def __init__(self, more: Deployment, less: Deployment, person: PersonId) -> None:
        """`more` has one case more."""
        self.more, self.less, self.person = more, less, person
        self.statements = self.sends = 0  # compared so far
        self.sides = tuple(Side(one, one.stage(FIRST), Mask()) for one in (more, less))

    async def does(self, what: str, *moves: Move) -> None:
        """The person does it in both; where it names something that has another id in each, it is two. Raises Trace."""
        each = zip(self.sides, (moves[0], moves[-1]), strict=True)
        first, second = [await side.does(move, self.person) for side, move in each]
        compare(what, first, second)
        self.statements += len(first["statements"])
        self.sends += len(first["sent"])

    async def says(self, *lines: str) -> None:
        """Lines as in a transcript."""
        for line in lines:
            await self.does(line, saying(line))

    async def passes(self, by: timedelta) -> None:
        """Time passes in both, in step. Raises Trace."""
        houses = [side.deployment.house for side in self.sides]
        end = houses[0].clock.now() + by
        while (now := houses[0].clock.now()) < end:
            for side in self.sides:
                side.ready()
            timers = [at for house in houses if (at := await house.store.next_timer()) is not None and at > now]
            step = min([*timers, end]) - now
            for house in houses:
                await house.wait(step)
                await house.service.fire_due()
                await house.service.quiet()
            self._same(f"{step} of {by} later")

    async def starts_again(self) -> None:
        """Both are killed and opened from disk. Raises Trace."""
        for side in self.sides:
            side.ready()
            await side.deployment.again()
        self._same("killed and started")

    async def has_people(self, people: People) -> None:
        """The people file changes in both. Raises Trace."""
        for side in self.sides:
            side.ready()
            await side.deployment.change_people(people)
        self._same("the people changed")

    def _same(self, what: str) -> None:
        first, second = [side.sight(self.person) for side in self.sides]
        compare(what, first, second)

    def ends(self) -> None:
        """Compare the whole screens. Raises Trace."""
        first, second = [{"all": side.shown(self.person)} for side in self.sides]
        compare("the whole screen", first, second)


def compare(what: str, first: dict[str, list[str]], second: dict[str, list[str]]) -> None:
    """Raises Trace."""
    for part, seen in first.items():
        other = second[part]
        if seen != other:
            more, less = Counter(seen) - Counter(other), Counter(other) - Counter(seen)
            only = [f"+ {one}" for one in more.elements()] + [f"- {one}" for one in less.elements()]
            raise Trace(
                "\n".join([f"{what}: {part} ({len(seen)} and {len(other)})", *(only[:12] or ["in another order"])])
            )
