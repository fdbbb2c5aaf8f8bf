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
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cases.case import UNTAKEN, CaseFile
from bot.core.answers import Answer, Day, Files, Many, Moment, Number, One, Skipped, Someone, Words
from bot.core.effects import FormErrors, OpenForm, Send
from bot.core.events import Chose, Command, Commanded, Opened, PersonEvent, Said, Submitted
from bot.core.ids import Token
from bot.core.languages import LANGUAGES, phrases
from bot.core.people import PersonId
from bot.core.session import Session, Status
from bot.flow.model import Flows
from bot.runtime.compose import compose
from bot.steps import Ask, Choose, Consent, Form, Review
from tests.pure.flows import small_flows, small_texts, together
from tests.pure.forward import Forward
from tests.pure.host import Happened, Host
from tests.pure.oracle import Truth, over
from tests.pure.organisations import CHAT, organisation, setting, shipped
from tests.pure.walker import Walker
from tests.pure.watch import Watch, messages_of, words_in
from tests.soak import SOAK, keep

dice = st.randoms(use_true_random=False)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
#: A check-in that asks for more help begins the next playbook, and that the next check-in: so far a life is followed.
MOST_TALKS = 6
#: `make soak` draws many times more.
MORE = 20 if SOAK else 1
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


def said(file: CaseFile, talk: Session, text: str, host: Host) -> tuple[Session, list[Send]]:
    """What typed words would make of a talk; nothing happens."""
    event = Said("what-if", host.now, talk.person, talk.platform, text)
    turn = compose(file, event, talk.id, host.setting, host.now)
    return turn.file.sessions[talk.id], [e for e in turn.effects if isinstance(e, Send) and e.to == talk.person]


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


# --- every run ends ---


def run_to_its_end(rng: Random, flows: Flows | None, seed: int, others: dict[str, int] | None = None) -> Forward:
    people = organisation(rng)
    host = Host(setting(rng, people, flows), watch=[Watch()])
    forward = Forward(host, seed, others or {})
    reporter = next(p for p in people if p.addresses or p.id == "p0")
    forward.start(reporter.id, reporter.addresses[0].platform if reporter.addresses else CHAT)
    return forward


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


# --- going back ---


@settings(max_examples=MORE * 4, deadline=None, suppress_health_check=SLOW)
@given(dice, st.integers(0, 9999), st.booleans())
def test_what_fits_stays_when_an_answer_is_given_again(rng: Random, seed: int, small: bool) -> None:
    """However far somebody goes back: the same answer again leads to where they were, with all answers as they were."""
    forward = run_to_its_end(rng, small_flows(rng) if small else None, seed)
    host, talk = forward.host, forward.talks()[0]
    for _ in range(rng.randint(1, 20)):
        if host.files[talk.case].case.opened is not None or not forward.go_on(talk):
            break
    before = host.files[talk.case].sessions[talk.id]
    if before.asking is None or not before.trail or any(g.kept for g in before.answers.values()):
        return  # with answers kept from an earlier *back*, going on leads past where they were
    back = rng.randint(1, len(before.trail))
    for _ in range(back):
        give(host, before, Commanded(host.fresh(), host.now, talk.person, talk.platform, Command.BACK))
    now = host.files[talk.case].sessions[talk.id]
    assert now.asking == before.trail[-back].question
    if offered_no_more(host, now):
        return
    again(host, now)
    after = host.files[talk.case].sessions[talk.id]
    if offered_no_more(host, after):
        return
    assert after.asking == before.asking
    assert [visit.question for visit in after.trail] == [visit.question for visit in before.trail]
    assert after.done == before.done
    assert {k: g.answer for k, g in after.answers.items()} == {k: g.answer for k, g in before.answers.items()}
    assert {k for k, g in after.answers.items() if g.kept} == {k for k, g in before.answers.items() if g.kept}


def offered_no_more(host: Host, talk: Session) -> bool:
    """Whether a consent is asked anew because somebody ticked before was named as involved since."""
    given_before = talk.answers.get(talk.asking or "")
    if given_before is None or not given_before.kept or not isinstance(given_before.answer, Many):
        return False
    _, shown = said(host.files[talk.case], talk, "help", host)
    offered = {choice.id for send in shown for choice in send.message.choices}
    return not set(given_before.answer.options) <= offered


def give(host: Host, talk: Session, event: PersonEvent) -> None:
    reply = host.take(event)
    assert not isinstance(reply, FormErrors), [error.text for error in reply.errors]
    assert host.files[talk.case].sessions[talk.id].revision > talk.revision


def again(host: Host, talk: Session) -> None:
    """Give the answer from before once more."""
    key = talk.asking or ""
    flow, _, name = key.partition(".")
    step = host.setting.flows.get(flow, talk.pinned[flow]).step(name)
    token = Token(talk.case, talk.id, key, talk.revision)
    who = (host.fresh(), host.now, talk.person, talk.platform)
    given_before = talk.answers.get(key)
    opened = host.take(Opened(*who, token)) if isinstance(step, Form | Ask) else None
    match step, given_before.answer if given_before is not None else None:
        case (Form(), _) if isinstance(opened, OpenForm):
            values = {field.id: field.initial for field in opened.form.fields}
            give(host, talk, Submitted(host.fresh(), *who[1:], token, values))
        case _, Skipped():
            give(host, talk, Commanded(host.fresh(), *who[1:], Command.SKIP, token))
        case (Ask(), Words()) if isinstance(opened, OpenForm):
            values = {field.id: field.initial for field in opened.form.fields}
            give(host, talk, Submitted(host.fresh(), *who[1:], token, values))
        case Choose() | Consent(), One() | Many() as answer:
            options = (answer.option,) if isinstance(answer, One) else answer.options
            give(host, talk, Chose(host.fresh(), *who[1:], token, options))
        case Review(), _:
            give(host, talk, Chose(host.fresh(), *who[1:], token, ("confirm",)))
        case _, answer:
            assert answer is not None
            asked_in_words(host, talk, token, answer)


def asked_in_words(host: Host, talk: Session, token: Token, answer: Answer) -> None:
    who = (host.fresh(), host.now, talk.person, talk.platform)
    match answer:
        case Someone(person):
            give(host, talk, Chose(*who, token, (person if person is not None else "rather_not",)))
        case Files():
            give(host, talk, Chose(*who, token, ("that_is_all",)))
        case Number(value):
            give(host, talk, Said(*who, str(value)))
        case Day(value=day):
            give(host, talk, Said(*who, day.isoformat()))
        case Moment():
            give(host, talk, Said(*who, "1 February at 8:00"))
        case _:
            raise AssertionError(type(answer))


# --- what may not be read changes nothing ---


def heard(flows: Flows, people_seed: int, seed: int, others: dict[str, int]) -> tuple[Forward, list[Happened]]:
    happened: list[Happened] = []
    forward = run_to_its_end(Random(people_seed), flows, seed, others)
    forward.host.watch = (*forward.host.watch, happened.append)
    for _ in range(25):
        forward.to_rest(60)
        if len(forward.talks()) > MOST_TALKS or not forward.wait():
            break
    return forward, happened


def told(happened: list[Happened], reader: PersonId) -> list[tuple[object, ...]]:
    """All that a person was shown, without case references and times."""
    return [
        (owed.slot.partition(":")[0], type(owed.wish), words_in(message), message.choices, message.asks)
        for turn in happened
        for owed, message in messages_of(turn)
        if owed.to == reader
    ]


def course(happened: list[Happened], reader: PersonId) -> list[object]:
    """What somebody may notice of a case, whatever they may read: its level, who may know, what others did with it."""
    found: list[object] = []
    for turn in happened:
        case = turn.after.case
        state = (case.level, case.consent, case.accused, case.accused_unresolved, case.opened is None)
        by_others = not isinstance(turn.event, PersonEvent) or turn.event.person != reader
        kinds = tuple(noted.kind for noted in turn.turn.noted if noted.kind not in ("talk", "consent", "accused"))
        found.append((state, kinds if by_others else ()))
    return [item for n, item in enumerate(found) if n == 0 or item != found[n - 1]]


def compared(seed: int, flows: Flows, changed: str) -> int:
    """Two runs, one answer apart; returns how many people were compared."""
    (one, first), (two, second) = heard(flows, seed, seed, {}), heard(flows, seed, seed, {changed: seed + 1})
    (before,), (after,) = one.host.files.values(), two.host.files.values()
    reporter = before.case.reporter
    count = 0
    for person in one.host.setting.people:
        was, now = (Truth(f, one.host.setting).readable(person.id) for f in (before, after))
        same = was == now and course(first, person.id) == course(second, person.id)
        if person.id != reporter and same:
            assert told(first, person.id) == told(second, person.id), f"{changed} is told to {person.id}"
            count += bool(told(first, person.id))
    return count


@settings(max_examples=MORE * 4, deadline=None, suppress_health_check=SLOW)
@given(st.integers(0, 99999), st.data())
def test_an_answer_changes_nothing_for_whoever_may_not_read_it(seed: int, data: st.DataObject) -> None:
    flows = small_flows(Random(seed))
    asked = sorted(f"report.{name}" for name in flows.current["report"].questions)
    compared(seed, flows, data.draw(st.sampled_from(asked)))


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
