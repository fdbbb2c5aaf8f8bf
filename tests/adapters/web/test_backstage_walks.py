"""The panels while random people walk through random organisations: they tell the truth, and no word of anybody's."""

from __future__ import annotations

import re
from collections import Counter
from datetime import timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.web import backstage
from adapters.web.backstage.labels import WORDS, words_of
from bot.cases.case import UNTAKEN, CaseFile
from bot.core.events import TimerFired
from bot.core.people import PersonId
from bot.core.session import Status as TalkStatus
from bot.flow.picture import picture
from bot.runtime.ports import AuditLine, DueTimer
from tests.pure.flows import small_flows
from tests.pure.host import Happened, Host
from tests.pure.organisations import organisation, setting
from tests.pure.walker import Walker

CANARY = re.compile("zq[0-9]{4}zq")
GRACE = timedelta(minutes=15)
#: By seed: a walk throws its dice more often than hypothesis keeps count.
dice = st.integers(0, 2**32 - 1).map(Random)
walks = settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


class Panels:
    """Draws all panels after every turn, and looks at what a timer did that one of them had told before."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.fired: Counter[str] = Counter()

    def __call__(self, happened: Happened) -> None:
        for language in WORDS:
            self.draw(happened, language)
        if isinstance(happened.event, TimerFired):
            self.look_back(happened, happened.event)

    def draw(self, happened: Happened, language: str) -> None:
        file, held = happened.after, happened.setting
        noted = enumerate(happened.turn.noted)
        lines = [AuditLine(n, happened.now, one.kind, one.person or "", one.detail, b"") for n, one in noted]
        persons: dict[str, PersonId] = {person: person for person in held.people.by_id}
        told = backstage.timeline(lines, persons, held.people, language, held.flows)
        known = words_of(language)
        assert all(text and "_" not in text and known.somebody not in text.split()[0].lower() for _, text in told), told
        self.lines += [text for _, text in told]
        self.lines += [label for label, _ in backstage.deadlines(file, held, language)]
        for sight in backstage.sights(file.case, held.people, language):
            self.lines += [sight.label, sight.why]
        self.stand(file, happened)

    def stand(self, file: CaseFile, happened: Happened) -> None:
        flows = happened.setting.flows
        for one, talk in zip(backstage.standing([file], flows), file.sessions.values(), strict=True):
            keys = {node.key: node.line for node in picture(flows.get(one.flow, one.structure), "en").nodes}
            assert one.key is None or keys[one.key] == one.line
            assert {key for key in one.done if key.startswith(f"{one.flow}.")} <= set(keys)
            assert (one.person, one.status) == (talk.person, talk.status.value)
            assert talk.status is not TalkStatus.LIVE or one.key is not None or not talk.asking

    def look_back(self, happened: Happened, event: TimerFired) -> None:
        """What was told of a timer before it fired, against what it did."""
        before, held = happened.before, happened.setting
        due = DueTimer(event.case, event.key, event.at, GRACE)
        told = backstage.upcoming([due], [before], held, "en")
        kind = event.key.partition(":")[0]
        self.fired[kind] += 1
        if not told:
            assert happened.turn.effects == (), event.key
            return
        assert len(told) == 1
        text, case = told[0].text, happened.after.case
        self.lines.append(text)
        if kind == "rung" and case.status in UNTAKEN:
            then = text.split(": ", 1)[1]
            if "tried again" not in then:
                asked = [one.person for one in (*case.alerted, *case.told) if one.rung == case.rung]
                assert any(first_name(person, happened) in then for person in asked)
            assert ("a case has nobody" in then) == any(t.rung == case.rung for t in case.told)
        if kind in ("due", "remind"):
            assert happened.turn.effects


def first_name(person: PersonId | None, happened: Happened) -> str:
    return happened.setting.people.by_id[person].first_name if person is not None else ""


def walk(rng: Random, *, small: bool) -> Panels:
    panels = Panels()
    host = Host(setting(rng, organisation(rng), small_flows(rng) if small else None), watch=[panels])
    Walker(host, rng, forward=0.9).walk(40)
    host.pass_time(timedelta(days=3))
    return panels


@walks
@given(dice)
def test_over_the_shipped_flows(rng: Random) -> None:
    assert not any(CANARY.search(line) for line in walk(rng, small=False).lines)


@walks
@given(dice)
def test_over_small_flows(rng: Random) -> None:
    assert not any(CANARY.search(line) for line in walk(rng, small=True).lines)


def test_the_walks_come_as_far_as_timers() -> None:
    fired = sum((walk(Random(seed), small=bool(seed % 2)).fired for seed in range(12)), Counter[str]())
    assert {"rung", "start", "due"} <= set(fired), fired
