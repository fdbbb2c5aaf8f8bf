"""What stands behind the chats, for the page: people, cases, what comes next, where each person stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

from adapters.web.backstage.head import has_it, level, status
from adapters.web.backstage.labels import roles, stands_for
from adapters.web.backstage.sights import sights
from adapters.web.backstage.standing import standing
from adapters.web.backstage.tasks import task_texts
from adapters.web.backstage.timeline import timeline
from adapters.web.backstage.upcoming import deadlines, upcoming
from adapters.web.house import House
from adapters.web.render import Json
from bot.cases.case import CaseFile
from bot.core.languages import LANGUAGES
from bot.core.people import People, Person, PersonId, Role
from bot.core.texts import Text
from bot.errors import Problem
from bot.flow.model import Flow
from bot.flow.picture import picture
from bot.runtime.view import Setting
from bot.simulation.cast import employee
from bot.simulation.text import plain

LANGUAGES_OF_THE_PAGE: Final = ("en", "da")


async def stage(house: House, language: str, problems: Sequence[Problem], saved: datetime | None) -> Json:
    setting, files = house.setting(), list(await house.files())
    now = house.clock.now().astimezone(setting.site.zone)
    first = employee(setting.people)
    flows = setting.flows
    return {
        "now": now.isoformat(timespec="minutes"),
        "language": language,
        "organisation": setting.organisation,
        "people": [_person(p, setting, house.clock.now(), language, first) for p in setting.people],
        "lead": {"reporter": first, "manager": setting.people.manager_of(first)},
        "languages": [{"code": code, "name": found.name} for code, found in LANGUAGES.items()],
        "starts": [
            {"flow": flow.name, "label": {code: _start(flow, code) for code in LANGUAGES}}
            for flow in sorted(flows.current.values(), key=lambda flow: (flow.start.message is None, flow.name))
            if flow.audience is Role.REPORTER and flow.start.command is not None
        ],
        "cases": [await _case(house, file, setting, language) for file in files],
        "next": [
            {"at": _local(c.at, setting), "text": c.text, "case": c.case}
            for c in upcoming(await house.timers(), files, setting, language)
        ],
        "standing": [
            {
                "person": s.person,
                "case": s.case,
                "flow": s.flow,
                "structure": s.structure,
                "key": s.key,
                "line": s.line,
                "done": list(s.done),
                "status": s.status,
            }
            for s in standing(files, flows)
        ],
        "flows": {
            "names": [{"name": f.name, "title": _plain(f, f.title, language)} for f in flows.current.values()],
            "problems": [{"file": p.file, "line": p.line, "column": p.column, "text": p.message} for p in problems],
            "saved": _local(saved, setting) if saved is not None else None,
        },
    }


async def flow(house: House, name: str, structure: str | None, language: str) -> Json:
    """A flow as a picture and as its lines. Raises KeyError where there is none of this name and structure."""
    flows = house.setting().flows
    found = flows.current.get(name)
    if structure is not None and (found is None or found.structure != structure):
        found = flows.pinned.get((name, structure))
    if found is None:
        raise KeyError(name)
    file, text = await house.source(name, found.structure)
    drawn = picture(found, language)
    return {
        "name": name,
        "title": _plain(found, found.title, language),
        "file": file,
        "source": text.splitlines(),
        "picture": {
            "width": drawn.width,
            "height": drawn.height,
            "nodes": [asdict(node) for node in drawn.nodes],
            "edges": [
                {"from": e.start, "to": e.end, "path": e.path, "label": e.label, "x": e.label_x, "y": e.label_y}
                for e in drawn.edges
            ],
        },
    }


def start_label(found: Flow, person: PersonId, people: People) -> str:
    """What somebody who begins a flow presses, in that person's language."""
    language = getattr(people.get(person), "language", found.language)
    return _start(found, language)


def _start(found: Flow, language: str) -> str:
    return _plain(found, found.start.shortcut or found.title, language)


def _plain(found: Flow, text: Text, language: str) -> str:
    return plain(found.say(text, language))


def _person(person: Person, setting: Setting, now: datetime, language: str, first: PersonId) -> Json:
    return {
        "id": person.id,
        "name": person.name,
        "first": person.first_name,
        "title": person.title,
        "site": person.site,
        "roles": list(roles(person, language)),
        "as": stands_for(person.id, first, setting.people, language),
        "language": person.language,
        "away": not person.present(now),
    }


async def _case(house: House, file: CaseFile, setting: Setting, language: str) -> Json:
    case = file.case
    lines, persons = await house.audit(case.id)
    soon, said = level(case, language)
    tasks = task_texts(file, setting, language)
    return {
        "id": case.id,
        "reference": case.reference,
        "status": {"id": case.status.value, "label": status(case, language)},
        "level": {"id": soon, "label": said},
        "reporter": case.reporter,
        "has_it": has_it(case, setting.people, language),
        "deadlines": [{"label": label, "at": _local(at, setting)} for label, at in deadlines(file, setting, language)],
        "timeline": [
            {"at": _local(at, setting), "text": text}
            for at, text in timeline(lines, persons, setting.people, language, setting.flows, tasks)
        ],
        "sights": [
            {"person": s.person, "sees": s.sees, "label": s.label, "why": s.why}
            for s in sights(case, setting.people, language)
        ],
    }


def _local(at: datetime, setting: Setting) -> str:
    return at.astimezone(setting.site.zone).isoformat(timespec="seconds")
