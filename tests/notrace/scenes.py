"""Who is looked at, as what; what the extra case is about; and what else goes on, in both deployments alike."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.core.people import Absence, Office, People, PersonId, Role
from bot.simulation.found import NoSuchButton
from tests.changes import PersonChange
from tests.notrace.deployment import Deployment, everybody, of
from tests.notrace.pair import Pair
from tests.notrace.secret import Secret
from tests.runtime.talks import REPORT

LONG = Absence(datetime(2026, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))


@dataclass(frozen=True)
class Scene:
    """`person` is looked at; Ana's case is about `accused`; `people` differ from the sample in this.

    `innocent` is whom Bo, or another, lets know in a case that is in both: the person's own to handle, where they can.
    """

    person: str
    accused: str
    innocent: str = "[My manager]"
    people: Mapping[str, PersonChange] = field(default_factory=dict)
    reporter: str = "bo"
    fallback: str = ""
    report: tuple[str, ...] = REPORT

    def all(self) -> People:
        return everybody(**self.people)


def _id(name: str) -> PersonId:
    return of(name, everybody()).id


SCENES: Mapping[str, Scene] = {
    "employee": Scene("bo", "Bo Winther", reporter="eva"),
    "manager": Scene("luis", "Luis Berg"),
    "deputy": Scene("kim", "Kim Dahl", people={"luis": {"away": (LONG,)}}),
    "hr": Scene("hanne", "Hanne Lund", "[HR]"),
    "safety_rep": Scene("sara", "Sara Toft", "[My safety representative]"),
    "whistleblower_unit": Scene("jonas", "Jonas Vang", "[HR]"),
    "on_call": Scene("omar", "Omar Nissen", "[Whoever is on call]"),
    "fallback": Scene("omar", "Omar Nissen", fallback="omar"),
    "in_danish": Scene("sara", "Sara Toft", "[My safety representative]", {"sara": {"language": "da"}}),
    "fallback_who_reports_to_the_accused": Scene("sara", "Luis Berg", fallback="sara"),
    "flow_admin": Scene("luis", "Luis Berg", people={"luis": {"offices": frozenset({Office.FLOW_ADMIN})}}),
    "operator": Scene("luis", "Luis Berg", people={"luis": {"offices": frozenset({Office.OPERATOR})}}),
    "auditor": Scene("luis", "Luis Berg", people={"luis": {"offices": frozenset({Office.AUDITOR})}}),
    "reports_to_the_accused": Scene("sara", "Luis Berg", "[My safety representative]"),
    "hr_who_reports_to_the_accused": Scene("jonas", "Hanne Lund", "[HR]"),
    "partner_of_the_accused": Scene("hanne", "Luis Berg", "[HR]", {"hanne": {"conflicts": frozenset({_id("luis")})}}),
    "the_accused_says_partner": Scene("hanne", "Luis Berg", "[HR]", {"luis": {"conflicts": frozenset({_id("hanne")})}}),
    "fallback_whose_partner_it_is": Scene("vera", "Bo Winther", people={"bo": {"conflicts": frozenset({_id("vera")})}}),
    "stranger": Scene("eva", "Kim Dahl"),
    "every_role": Scene(
        "luis", "Luis Berg", people={"luis": {"roles": frozenset(Role) - {Role.MANAGER, Role.OWNER, Role.REPORTER}}}
    ),
}


@asynccontextmanager
async def two(empty: Path, folder: Path, scene: Scene) -> AsyncIterator[tuple[Pair, Secret]]:
    """Both deployments with the innocent case in them; the extra case is not told yet."""
    people = scene.all()
    made = [
        await Deployment(
            Path(shutil.copytree(empty, folder / name)), name, people, scene.fallback
        ).open()  # ids of its own
        for name in ("more", "less")
    ]
    more, less = made
    try:
        for one in made:
            await innocent(one, scene)
        yield Pair(more, less, of(scene.person, people).id), Secret(more, more.stage(1000), of("ana", people).id)
    finally:
        for one in made:
            await one.close()


async def innocent(deployment: Deployment, scene: Scene) -> None:
    """A case about a customer, which the person who is looked at takes, if it comes to them."""
    stage, people = deployment.stage(0), deployment.people
    reporter, person = of(scene.reporter, people).id, of(scene.person, people).id
    for line in scene.report:
        await stage.line(reporter, scene.innocent if line == "[My manager]" else line)
    take = "[I will take this]" if of(scene.person, people).language == "en" else "[Jeg tager sagen]"
    with suppress(NoSuchButton):  # it came to somebody else
        await stage.line(person, take)
