"""What must hold whoever works here, whatever they answer, press, type or leave, and however long it takes.

Random people walk through random organisations, over the shipped flows and over small ones that try to tell and to
decide by everything. `tests/pure/watch.py` holds what is looked at after every turn. The dice are hypothesis's, so that
a walk that goes wrong is shown as short as it can be.
"""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cases.case import UNTAKEN, CaseFile
from bot.core.events import Command, Said
from bot.core.languages import LANGUAGES, phrases
from bot.core.session import Session, Status
from bot.flow.model import Flows
from bot.runtime.compose import compose
from tests.pure.drawn import MORE, MOST_TALKS, SLOW, dice, run_to_its_end, said
from tests.pure.flows import small_flows, small_texts, together
from tests.pure.host import Host
from tests.pure.oracle import Truth, over
from tests.pure.organisations import organisation, setting, shipped
from tests.pure.walker import Walker
from tests.pure.watch import Watch, words_in
from tests.soak import SOAK, keep

SEEDS, WALKS, TURNS = (20, 500, 80) if SOAK else (2, 15, 60)


def walked(rng: Random, flows: Flows | None, turns: int, forward: float = 0.85) -> tuple[Host, Watch]:
    watch = Watch()
    host = Host(setting(rng, organisation(rng), flows), watch=[watch])
    Walker(host, rng, forward=forward, canaries=watch.canaries).walk(turns)
    return host, watch


# --- whatever happens ---


@settings(max_examples=MORE * 8, deadline=None, suppress_health_check=SLOW)
@given(dice)
def test_walks_over_the_shipped_flows(rng: Random) -> None:
    walked(rng, None, 50)


@settings(max_examples=MORE * 12, deadline=None, suppress_health_check=SLOW)
@given(dice)
def test_walks_over_small_flows(rng: Random) -> None:
    walked(rng, small_flows(rng), 50)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(SEEDS))
def test_many_walks(seed: int) -> None:
    """The long version walks 10,000 times; each walk's own seed is `seed` * 1,000,000 + its number."""
    begun, seen, turns = time.monotonic(), Counter[str](), 0
    for number in range(WALKS):
        rng = Random(seed * 1_000_000 + number)
        host, watch = walked(rng, small_flows(rng) if number % 2 else None, TURNS)
        turns += host.turns_taken
        seen += watch.seen
    # a walk that never comes as far as that proves nothing
    assert min(seen[kind] for kind in ("alert", "words", "labels", "question")) > 0
    keep("walks", seed, {"walks": WALKS, "turns": turns, "seconds": time.monotonic() - begun, **seen})


# --- every question can be left ---


def standing(host: Host) -> list[tuple[CaseFile, Session]]:
    """Talks that wait for an answer."""
    files = host.files.values()
    return [(f, t) for f in files for t in f.sessions.values() if t.asking and t.status is Status.LIVE]


@settings(max_examples=MORE * 6, deadline=None, suppress_health_check=SLOW)
@given(dice)
def test_every_question_is_stopped_gone_back_from_and_left_for_help_in_every_language(rng: Random) -> None:
    host, _ = walked(rng, rng.choice([None, small_flows(rng)]), 25)
    for file, talk in standing(host):
        if talk.person in Truth(file, host.setting).excluded() - {file.case.reporter}:
            continue  # to whom nothing is said any more
        for language in LANGUAGES.values():
            for word in language.words[Command.STOP]:
                assert said(file, talk, word, host)[0].status is Status.STOPPED
            for word in language.words[Command.EMERGENCY]:
                _, told = said(file, talk, word, host)
                assert any("112" in words_in(send.message) for send in told)
            for word in language.words[Command.BACK]:
                gone_back(file, talk, word, host)


def gone_back(file: CaseFile, talk: Session, word: str, host: Host) -> None:
    after, told = said(file, talk, word, host)
    texts = [send.message.text for send in told]
    if talk.doubt is not None:
        assert after.doubt is None
        assert after.asking == talk.asking
    elif talk.trail:
        assert after.asking == talk.trail[-1].question
        assert after.trail == talk.trail[:-1]
    else:
        mine = phrases(talk.language)
        assert mine.nothing_back in texts or mine.sent_is_sent in texts
        assert after.asking == talk.asking


@settings(max_examples=MORE * 3, deadline=None, suppress_health_check=SLOW)
@given(dice, st.integers(0, 9999), st.booleans())
def test_every_run_ends(rng: Random, seed: int, small: bool) -> None:
    flows = small_flows(rng) if small else Flows(shipped().flows)
    forward = run_to_its_end(rng, flows, seed)
    host = forward.host
    steps = sum(len(flow.code) for flow in flows.current.values())
    for _ in range(60):
        assert forward.to_rest(2 * steps), "people are asked without an end"
        if len(forward.talks()) > MOST_TALKS or not forward.wait():
            break
    waiting = {key.split(":")[1] for _, key in host.memory.timers if key.startswith("wait:")}
    for talk in forward.talks():
        ends = talk.status is Status.ENDED or talk.id in waiting or not can_go_on(host, talk)
        assert ends, f"{talk.flow} waits for nothing"
        # a question once, files with "that is all"; a task again where it was handed over
        assert forward.turns[talk.id] <= 2 * steps


def can_go_on(host: Host, talk: Session) -> bool:
    """Whether the talk's person gets its messages, and may still do something with the case."""
    file = host.files[talk.case]
    addressed = any(a.platform == talk.platform for a in host.setting.people.by_id[talk.person].addresses)
    mine = talk.person == file.case.owner and file.case.status not in UNTAKEN
    return addressed and not over(file) and (mine or talk.person == file.case.reporter)


# --- flows are edited while people talk ---


@settings(max_examples=MORE * 4, deadline=None, suppress_health_check=SLOW)
@given(dice)
def test_a_talk_goes_on_unchanged_when_its_flow_is_replaced(rng: Random) -> None:
    flows = small_flows(rng)
    host, _ = walked(rng, flows, 25)
    pinned = {(flow.name, flow.structure): flow for flow in flows.current.values()}
    replaced = replace(host.setting, flows=Flows(small_flows(rng).current, pinned))
    for file, talk in standing(host):
        for text in ("1", "yes", "back", "skip", "hm", "2026-02-24"):
            event = Said("what-if", host.now, talk.person, talk.platform, text)
            old = compose(file, event, talk.id, host.setting, host.now)
            new = compose(file, event, talk.id, replaced, host.now)
            if len(old.file.sessions) == len(new.file.sessions) == len(file.sessions):
                assert new == old


@settings(max_examples=MORE * 2, deadline=None, suppress_health_check=SLOW)
@given(dice)
def test_other_words_of_the_same_structure_are_read_at_once(rng: Random) -> None:
    texts = small_texts(rng)
    host, _ = walked(rng, together(texts), 15)
    mended = together(tuple(text.replace("choose: Which", "choose: Tell which") for text in texts))
    assert {f.structure for f in mended.current.values()} == {f.structure for f in host.setting.flows.current.values()}
    host.setting = replace(host.setting, flows=mended)
    for file, talk in standing(host):
        if str(talk.asking).startswith("report.q") and talk.doubt is None:
            _, shown = said(file, talk, "help", host)
            assert not any(send.message.text.startswith("Which q") for send in shown)
