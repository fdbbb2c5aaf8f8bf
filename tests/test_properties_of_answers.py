"""What must hold when an answer is given again, and for whoever may not read it."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.answers import Answer, Day, Files, Many, Moment, Number, One, Skipped, Someone, Words
from bot.core.events import Chose, Command, Commanded, Opened, PersonEvent, Said, Submitted
from bot.core.ids import Token
from bot.core.people import PersonId
from bot.core.replies import FormErrors, OpenForm
from bot.core.session import Session
from bot.flow.model import Flows
from bot.steps import Ask, Choose, Consent, Form, Review
from tests.pure.drawn import MORE, MOST_TALKS, SLOW, dice, run_to_its_end, said, told
from tests.pure.flows import small_flows
from tests.pure.forward import Forward
from tests.pure.host import Happened, Host
from tests.pure.oracle import Truth


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


def heard(flows: Flows, people_seed: int, seed: int, others: dict[str, int]) -> tuple[Forward, list[Happened]]:
    happened: list[Happened] = []
    forward = run_to_its_end(Random(people_seed), flows, seed, others)
    forward.host.watch = (*forward.host.watch, happened.append)
    for _ in range(25):
        forward.to_rest(60)
        if len(forward.talks()) > MOST_TALKS or not forward.wait():
            break
    return forward, happened


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
    if not one.host.files or not two.host.files:
        return 0  # a draft that nobody sent is dropped in time
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
