"""Tasks of a talk, called as their person reads them.

Rule 1. A task names the employee as far as its person may know: it is filled in as in that person's chat.
Rule 2. An answer is never filled in: what people typed never gets into a panel.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from adapters.web.backstage.labels import pinned
from bot.cases.case import CaseFile
from bot.core.session import Session
from bot.core.texts import fill
from bot.flow.model import Flow, Flows
from bot.flow.picture_words import flat
from bot.flow.talk import Talk
from bot.runtime.view import Setting, facts_for
from bot.steps import Task
from bot.steps.names import FIXED, resolve

_FIXED = frozenset(name.partition(".")[0] for name in FIXED)


def task_in(session: Session, key: str, flows: Flows) -> tuple[Flow, Task] | None:
    """The task of `flow.step` in a talk."""
    name, _, step = key.partition(".")
    flow = pinned(name, session, flows)
    found = flow.step(step) if flow is not None else None
    return (flow, found) if flow is not None and isinstance(found, Task) else None


def task_text(found: tuple[Flow, Task], file: CaseFile, session: Session, setting: Setting, language: str) -> str:
    """A task of a talk, in the language of the panel."""
    flow, task = found
    reader = replace(session, language=language)
    facts = facts_for(file, reader, setting, file.case.created)
    scene = Talk(setting.flows, reader, facts).scene(flow, f"{flow.name}.{task.id}")
    said = flow.say(task.text, language)
    return flat(fill(said, lambda name: resolve(name, scene) if name.partition(".")[0] in _FIXED else "…"), language)


def task_texts(file: CaseFile, setting: Setting, language: str) -> Mapping[str, str]:
    """Every task that was shown in a case, by its name."""
    return {
        found[1].id: task_text(found, file, session, setting, language)
        for session in file.sessions.values()
        for key in session.tasks
        if (found := task_in(session, key, setting.flows)) is not None
    }
