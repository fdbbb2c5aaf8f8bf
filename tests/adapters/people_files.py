"""Files of people, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from adapters.directory.file import load_people
from bot.core.people import People, PersonId

Write = Callable[..., Path]

TEAM = """\
people:
- name: Ana Holm
  email: Ana@example.org
  manager: luis@example.org
  title: Caseworker
  site: Malmö Office
  slack: U123
  teams: 1111-2222
- name: Luis Berg
  email: luis@example.org
  deputy: ANA@example.org
  language: da
  timezone: America/New_York
  roles: [hr, flow_admin, safety_rep]
  away:
    from: 2026-07-01
    to: 2026-07-21
"""


def person_id(email: str) -> PersonId:
    assert email == email.lower()
    return PersonId(f"p-{email.partition('@')[0]}")


def load(path: Path, platforms: tuple[str, ...] = ()) -> People:
    return load_people(
        path,
        person_id=person_id,
        default_language="en",
        default_timezone="Europe/Copenhagen",
        platforms=platforms,
        site_timezones={"Malmö Office": "Europe/Stockholm"},
    )


ANA, LUIS = PersonId("p-ana"), PersonId("p-luis")
