"""What the comparison would catch: leaks planted into the product, one at a time. And the mask lets nothing else by."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.cases import permissions
from bot.cases.case import Case, CaseFile
from bot.cases.people import excluded
from bot.cases.permissions import Engine, Relation, Warrant
from bot.core.effects import Send
from bot.core.events import Event, PersonEvent, TimerFired
from bot.core.ids import CaseId, Slot
from bot.core.messages import Message
from bot.core.people import People, PersonId
from bot.core.replies import Reply, Tell
from bot.runtime import turn
from bot.runtime.case_turn import CaseTurn
from bot.runtime.compose import compose as composed
from bot.runtime.turn import Turns
from bot.runtime.view import Setting
from storage import statements as sql
from storage.tx import SqliteTx
from tests.notrace.masked import MASKED, Mask, shape
from tests.notrace.pair import Pair, Trace, compare
from tests.notrace.scenes import SCENES, two
from tests.notrace.script import HOUR, looks
from tests.notrace.secret import Secret

DOCS = Path(__file__).parents[2] / "docs" / "no_trace.md"
Patch = pytest.MonkeyPatch


def excluded_may_see(patch: Patch) -> None:
    """The permissions table takes whoever is excluded for one who was alerted."""
    real = permissions.relations

    def relations(case: Case, person: PersonId, people: People, *, talks: bool = False) -> frozenset[Relation]:
        found = real(case, person, people, talks=talks)
        out = person != case.reporter and person in excluded(case, people)
        return frozenset({Relation.ALERTED}) if out else found

    patch.setattr(permissions, "relations", relations)


def time_tells(patch: Patch) -> None:
    """A timer of a case says something to whoever is excluded from it."""

    def compose(file: CaseFile, event: Event, *rest: Any) -> CaseTurn:
        made, people = composed(file, event, *rest), rest[1].people
        if not isinstance(event, TimerFired):
            return made
        told = (Send(person, Message("Hello."), Slot("hello")) for person in sorted(excluded(file.case, people)))
        return replace(made, effects=(*made.effects, *told))

    patch.setattr(turn, "compose", compose)


def filtered_after_loading(patch: Patch) -> None:
    """The list loads every open case and leaves out what may not be seen."""

    async def seats(self: SqliteTx, person: PersonId) -> list[CaseId]:
        return [CaseId(row[0]) for row in self._connection.execute(sql.OPEN_CASES)]

    patch.setattr(SqliteTx, "seats", seats)


def a_count(patch: Patch) -> None:
    """The list says how many cases there are besides, and no word about them."""
    real = Turns._cases

    async def cases(self: Turns, event: PersonEvent, setting: Setting) -> Reply:
        reply = await real(self, event, setting)
        count = len(await self._store.open_cases(Engine.LOOK_AFTER))
        return Tell((*reply.messages, Message(f"{count} open"))) if isinstance(reply, Tell) else reply

    patch.setattr(Turns, "_cases", cases)


def another_word(patch: Patch) -> None:
    """A button of a case that is there gets another answer than one of none."""
    real = SqliteTx.load

    async def load(self: SqliteTx, case: CaseId, warrant: Warrant) -> CaseFile | None:
        found = await real(self, case, warrant)
        return found if found is not None else await real(self, case, Engine.LOOK_AFTER)

    patch.setattr(SqliteTx, "load", load)


def one_statement_more(patch: Patch) -> None:
    """What is denied is written down."""
    real = SqliteTx.load

    async def load(self: SqliteTx, case: CaseId, warrant: Warrant) -> CaseFile | None:
        found = await real(self, case, warrant)
        if found is None and self._head(case) is not None:
            self._connection.execute(sql.CHART).fetchone()
        return found

    patch.setattr(SqliteTx, "load", load)


def absent_is_quicker(patch: Patch) -> None:
    """How it was: what is not there was not looked for any further."""
    real = SqliteTx.load

    async def load(self: SqliteTx, case: CaseId, warrant: Warrant) -> CaseFile | None:
        return await real(self, case, warrant) if self._head(case) is not None else None

    patch.setattr(SqliteTx, "load", load)


PLANTED = (
    excluded_may_see,
    time_tells,
    filtered_after_loading,
    a_count,
    another_word,
    one_statement_more,
    absent_is_quicker,
)


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
async def test_a_planted_leak_is_caught(
    plant: Callable[[Patch], None], empty_store: Path, tmp_path: Path, monkeypatch: Patch
) -> None:
    scene = SCENES["manager"]
    async with two(empty_store, tmp_path, scene) as (pair, secret):
        plant(monkeypatch)
        await secret.is_told(scene.accused)
        with pytest.raises(Trace):
            await looks_and_waits(pair, secret)


async def looks_and_waits(pair: Pair, secret: Secret) -> None:
    await looks(pair, secret)
    await pair.passes(30 * HOUR)


@pytest.mark.parametrize(
    ("seen", "other"),
    [
        ("Case K7Q-4M2X: Ana Holm", "Case K7Q-4M2X: Bo Winther"),
        ("2 cases", "3 cases"),
        ("K7Q-4M2X and K7Q-4M2X", "K7Q-4M2X and 2BB-22BB"),
        ("at 14:00", "at 15:00"),
        ("p5fcb6c1c50e5634a0991", "p5fcb6c1c50e5634a0992"),
    ],
)
def test_names_counts_times_and_whether_two_are_the_same_are_compared(seen: str, other: str) -> None:
    with pytest.raises(Trace):
        compare("said", {"all": [Mask().over(seen)]}, {"all": [Mask().over(other)]})


def test_random_ids_are_masked_and_keep_apart_what_is_not_the_same() -> None:
    first, second = Mask(), Mask()
    assert first.over("00112233445566ff K7Q-4M2X") == second.over("ffeeddccbbaa9988 222-3333")
    assert first.over("00112233445566ff") == second.over("ffeeddccbbaa9988")
    assert first.over("ffeeddccbbaa9988") == second.over("00112233445566ff")
    assert first.over("K7Q\\-4M2X") == second.over("222\\-3333")


def test_a_statement_keeps_all_but_its_values() -> None:
    assert shape("SELECT a FROM b WHERE c = 'it''s' AND d = x'00'\n LIMIT 5") == (
        "SELECT a FROM b WHERE c = ? AND d = ? LIMIT ?"
    )


def test_each_mask_has_its_reason_and_stands_in_the_docs() -> None:
    told = re.findall(r"^\| ([^|]+) \| [^|]+ \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert told == ["left out", *(masked.what for masked in MASKED)]
    assert all(len(masked.why.split()) > 5 for masked in MASKED)
