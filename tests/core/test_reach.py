"""Who counts as reached where: facts of the platforms, the newest wins."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.people import MAIL, Address, People, Person, PersonId
from bot.core.reach import EVERYWHERE, Reach, counts, with_reach

ANA, BO = PersonId("ana"), PersonId("bo")
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)
PEOPLE = People(
    {
        ANA: Person(ANA, "Ana", addresses=(Address("slack", "U1"), Address("teams", "T1")), mail="ana@example.org"),
        BO: Person(BO, "Bo", addresses=(Address("slack", "U2"),)),
    }
)
moments = st.none() | st.integers(0, 3).map(lambda hours: NOW + hours * HOUR)
reaches = st.builds(Reach, st.just(ANA), st.sampled_from(["slack", "teams", MAIL]), moments, moments, moments)


def reach(platform: str, **at: datetime) -> dict[tuple[PersonId, str], Reach]:
    return {(ANA, platform): Reach(ANA, platform, **at)}


def on(people: People) -> list[str]:
    found = people.get(ANA)
    assert found is not None
    return [address.platform for address in found.proved]


def test_without_a_fact_only_a_platform_without_proof_counts() -> None:
    assert on(with_reach(PEOPLE, {}, ())) == ["slack", "teams"]
    assert on(with_reach(PEOPLE, {}, {"teams"})) == ["slack"]
    assert with_reach(PEOPLE, {}, ()) is PEOPLE


def test_a_delivery_or_an_installation_is_a_proof() -> None:
    assert on(with_reach(PEOPLE, reach("teams", delivered=NOW), {"teams"})) == ["slack", "teams"]
    assert on(with_reach(PEOPLE, reach("teams", installed=NOW), {"teams"})) == ["slack", "teams"]


def test_a_failure_takes_an_address_away_and_a_later_proof_heals_it() -> None:
    failed = reach("slack", failed=NOW)
    assert on(with_reach(PEOPLE, failed, ())) == ["teams"]
    assert on(with_reach(PEOPLE, reach("slack", failed=NOW, delivered=NOW - HOUR), ())) == ["teams"]
    assert on(with_reach(PEOPLE, reach("slack", failed=NOW, delivered=NOW + HOUR), ())) == ["slack", "teams"]
    assert on(with_reach(PEOPLE, reach("slack", failed=NOW, installed=NOW + HOUR), ())) == ["slack", "teams"]


def test_whoever_has_asked_for_a_language_has_it_whatever_the_people_file_says() -> None:
    asked = {(ANA, EVERYWHERE): Reach(ANA, EVERYWHERE, language="da")}
    found = with_reach(PEOPLE, asked, {"teams"})
    assert found.by_id[ANA].language == "da"
    assert found.get(BO) is PEOPLE.get(BO)
    assert on(found) == ["slack"]
    assert with_reach(found, asked, {"teams"}) is found


def test_others_are_left_as_they_are() -> None:
    found = with_reach(PEOPLE, reach("slack", failed=NOW), ())
    assert found.get(BO) is PEOPLE.get(BO)


def test_a_person_without_a_chat_is_not_reachable_but_may_be_mailed() -> None:
    known = {**reach("slack", failed=NOW), **reach("teams", failed=NOW)}
    ana = with_reach(PEOPLE, known, ()).get(ANA)
    assert ana is not None
    assert not ana.reachable
    assert ana.mailable
    gone = with_reach(PEOPLE, {**known, **reach(MAIL, failed=NOW)}, ()).get(ANA)
    assert gone is not None
    assert not gone.mailable


def test_where_somebody_is_written_to() -> None:
    ana, bo = PEOPLE.by_id[ANA], PEOPLE.by_id[BO]
    assert ana.written_on() == "slack"
    assert ana.written_on("teams") == "teams"
    assert bo.written_on("teams") == "slack"
    out = with_reach(PEOPLE, reach("slack", failed=NOW), ()).by_id[ANA]
    assert out.written_on("slack") == out.written_on() == "teams"
    nowhere = with_reach(PEOPLE, {**reach("slack", failed=NOW), **reach("teams", failed=NOW)}, ()).by_id[ANA]
    assert nowhere.written_on("teams") == "teams"
    assert nowhere.written_on() == "slack"
    assert Person(BO, "Bo").written_on() == ""
    assert Person(BO, "Bo").written_on("slack") == "slack"


@given(reaches, st.booleans())
def test_the_newest_fact_wins(known: Reach, needs_proof: bool) -> None:
    proofs = [at for at in (known.delivered, known.installed) if at is not None]
    if known.failed is not None and all(at < known.failed for at in proofs):
        assert not counts(known, needs_proof=needs_proof)
    else:
        assert counts(known, needs_proof=needs_proof) == (bool(proofs) or not needs_proof)
