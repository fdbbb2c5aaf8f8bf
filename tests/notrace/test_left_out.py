"""Who knew of a case, and is out of it now, learns nothing of how it went on.

Both deployments are alike until then. In the first the case goes on, taken by somebody else, to its end; in the other
the reporter takes it back at once. What the one who is out of it sees and triggers is the same from there on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.cases.permissions import Relation, relations
from bot.core.people import PersonId
from tests.notrace.moves import OWN, PRESSES, forged, mixed
from tests.notrace.pair import Pair
from tests.notrace.scenes import Scene, two
from tests.notrace.script import DAY, HOUR
from tests.notrace.secret import Secret


@dataclass(frozen=True)
class Out:
    """What each of the two does, in both deployments, until the person is out: `>` begins what the reporter says."""

    lines: tuple[str, ...]


TAKEN = ("[I will take this]", "[Done]")
WAYS: Mapping[str, Out] = {
    "says_no_at_once": Out(("[I cannot take this]",)),
    "recused_with_a_playbook": Out((*TAKEN, "i cannot have this case", "{note: She is safe.}")),
    "left_out_before_it_was_taken": Out((">change who may know", ">{who: hr, safety_rep}")),
    "left_out_with_a_playbook": Out((*TAKEN, "read", ">change who may know", ">{who: hr, safety_rep}")),
}


@pytest.mark.parametrize("out", WAYS.values(), ids=list(WAYS))
async def test_nothing_more_is_learned(out: Out, empty_store: Path, tmp_path: Path) -> None:
    async with two(empty_store, tmp_path, Scene("luis", "", reporter="eva")) as (pair, secret):
        secrets = (secret, Secret(pair.less, pair.less.stage(1000), secret.reporter))
        for one in secrets:
            await one.is_told_of_a_customer("[My manager] [HR] [My safety representative]")
        await knows(pair, secrets, out)
        for one in secrets:
            assert await is_out(one, pair.person)
        moves = [[*forged(one, pair.more.house.setting.flows), *mixed(one)] for one in secrets]
        assert len(moves[0]) == len(moves[1])
        for line in ("withdraw", "yes"):
            await secrets[1].stage.line(secret.reporter, line)
        await pair.passes(HOUR)
        await secret.lives(pair.person, 3)
        await pair.says("cases", "read", "hand over", "who can see this?", "hello", *PRESSES)
        await pair.starts_again()
        for (name, first), (_, second) in zip(*moves, strict=True):
            await pair.does(name, first, second)
        await pair.passes(2 * DAY)
        await secret.lives(pair.person, 3)
        await pair.says("cases", *OWN, *PRESSES)
        pair.ends()


async def knows(pair: Pair, secrets: tuple[Secret, Secret], out: Out) -> None:
    """Until the person is out, both see the same, but for which of the buttons is pressed where."""
    for line in out.lines:
        if line.startswith(">"):
            for one in secrets:
                await one.stage.line(one.reporter, line.removeprefix(">"))
        else:
            await pair.says(line)


async def is_out(secret: Secret, person: PersonId) -> bool:
    files = {file.case.id: file for file in await secret.deployment.house.files()}
    file = files[secret.case]
    talks = any(talk.person == person for talk in file.sessions.values())
    return relations(file.case, person, secret.deployment.people, talks=talks) == {Relation.STRANGER}
