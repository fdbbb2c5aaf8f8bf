"""Accounts and people: joined where there is no doubt, held back with a reason where there is any."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.directory.join import MOVED_WITHIN, Allowed, Roll, join
from bot.core.people import Absence, PersonId
from bot.runtime.accounts import Account, AccountKind, Held, Standing

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
ANA, BO, EVA = PersonId("ana"), PersonId("bo"), PersonId("eva")
ROLL = Roll({"ana@x.org": ANA, "bo@x.org": BO, "eva@x.org": EVA}, {})
ALLOWED = Allowed({"slack": frozenset({"T1", "T2"})}, frozenset({"x.org"}))


def account(
    id_: str,
    *emails: str,
    platform: str = "slack",
    tenant: str = "T1",
    kind: AccountKind = AccountKind.MEMBER,
    active: bool = True,
    home: bool = False,
) -> Account:
    return Account(platform, tenant, id_, emails, kind, active, home)


def joined(standings: tuple[Standing, ...]) -> dict[PersonId | None, str]:
    return {one.person: one.account for one in standings if one.joined}


def held(standings: tuple[Standing, ...]) -> dict[str, Held]:
    return {one.account: one.held for one in standings if one.held is not None}


def joining(
    *accounts: Account, before: tuple[Standing, ...] = (), roll: Roll = ROLL, at: datetime = NOW
) -> tuple[Standing, ...]:
    return join(accounts, roll, ALLOWED, before, at)


def test_members_are_joined_by_e_mail_in_any_case_of_letters() -> None:
    found = joining(account("U1", "Ana@X.org"), account("U2", "bo@x.org"), account("U3", "nobody@x.org"))
    assert joined(found) == {ANA: "U1", BO: "U2"}
    assert held(found) == {}
    assert all((one.since, one.until) == (NOW, None) for one in found)


@pytest.mark.parametrize(
    "stranger",
    [
        account("U1", "ana@x.org", kind=AccountKind.GUEST),
        account("U1", "ana@x.org", kind=AccountKind.BOT),
        account("U1", "ana@x.org", active=False),
        account("U1", "ana@x.org", tenant="T9"),
        account("U1", "ana@x.org", platform="teams"),
        account("U1"),
    ],
)
def test_nobody_else_is(stranger: Account) -> None:
    assert joining(stranger) == ()


def test_an_e_mail_of_another_domain_is_nobodys() -> None:
    roll = Roll({"ana@y.org": ANA}, {})
    assert joining(account("U1", "ana@y.org"), roll=roll) == ()
    assert join([account("U1", "ana@x.org")], ROLL, Allowed({}, frozenset()), (), NOW) == ()


def test_the_bots_own_workspace_is_allowed_and_no_domains_are_all() -> None:
    nothing_listed = Allowed({}, frozenset())
    at_home = account("U1", "Ana@x.org", home=True)
    assert joined(join([at_home], ROLL, nothing_listed, (), NOW)) == {ANA: "U1"}
    guest = replace(at_home, kind=AccountKind.GUEST)
    left = replace(at_home, active=False)
    stranger = replace(at_home, home=False, tenant="T9")
    for nobody in (guest, left, stranger, account("U1", "zoe@x.org", home=True)):
        assert join([nobody], ROLL, nothing_listed, (), NOW) == ()


def test_what_an_account_knows_beside_its_person_is_kept_with_the_standing() -> None:
    told = replace(account("U1", "ana@x.org"), language="da", timezone="Europe/Copenhagen", manager="U2")
    (first,) = joining(told)
    assert (first.language, first.timezone, first.manager) == ("da", "Europe/Copenhagen", "U2")
    (same,) = joining(replace(told, manager=None), before=(first,), at=NOW + DAY)
    assert same == first, "a manager who was not looked at yet is as before"
    away = (Absence(NOW, NOW + DAY),)
    (gone,) = joining(replace(told, away=away), before=(first,), at=NOW + DAY)
    (unseen,) = joining(replace(told, timezone=None, manager=None), before=(gone,), at=NOW + DAY)
    assert (unseen, gone.away) == (gone, away), "as before, too"
    (back,) = joining(replace(told, away=()), before=(gone,), at=NOW + DAY)
    assert back == first
    (moved,) = joining(replace(told, manager="", timezone="UTC"), before=(first,), at=NOW + DAY)
    assert (moved.since, moved.timezone, moved.manager) == (NOW, "UTC", "")
    (held_back,) = joining(replace(account("U3", "ana@x.org", "bo@x.org"), manager="U2"))
    assert held_back.manager is None


def test_two_accounts_of_one_person_are_both_held() -> None:
    found = joining(account("U1", "ana@x.org"), account("U2", "ana@x.org", tenant="T2"), account("U3", "bo@x.org"))
    assert held(found) == {"U1": Held.TWO_ACCOUNTS, "U2": Held.TWO_ACCOUNTS}
    assert joined(found) == {BO: "U3"}


def test_one_account_of_two_persons_is_held() -> None:
    found = joining(account("U1", "ana@x.org", "bo@x.org"))
    assert (held(found), joined(found)) == ({"U1": Held.TWO_PERSONS}, {})


@pytest.mark.parametrize(
    ("after", "expected"),
    [(30 * DAY, Held.MOVED_MAIL), (MOVED_WITHIN, Held.MOVED_MAIL), (MOVED_WITHIN + 2 * DAY, None)],
)
def test_an_e_mail_that_was_given_on(after: timedelta, expected: Held | None) -> None:
    first = joining(account("U1", "ana@x.org"))
    left = joining(account("U1", "ana@x.org", active=False), before=first, at=NOW + DAY)
    assert joined(left) == {}
    found = joining(account("U9", "ana@x.org"), before=left, at=NOW + after)
    assert held(found).get("U9") is expected
    assert joined(found) == ({} if expected else {ANA: "U9"})


def test_an_account_whose_e_mail_is_somebody_elses_now() -> None:
    first = joining(account("U1", "ana@x.org"))
    found = joining(account("U1", "bo@x.org"), before=first, at=NOW + DAY)
    assert (held(found), joined(found)) == ({"U1": Held.OTHER_PERSON}, {})
    still = joining(account("U1", "bo@x.org"), before=found, at=NOW + 2 * DAY)
    assert held(still) == {"U1": Held.OTHER_PERSON}
    assert next(one for one in still if one.held).since == NOW + DAY


def test_whom_the_operator_names_is_that_person() -> None:
    roll = Roll(ROLL.by_email, {"U2": ANA})
    found = joining(account("U1", "ana@x.org"), account("U2", "bo@x.org"), roll=roll)
    assert (joined(found), held(found)) == ({ANA: "U2"}, {})


def test_who_is_named_must_be_a_member_too() -> None:
    roll = Roll(ROLL.by_email, {"U2": ANA})
    found = joining(account("U2", "ana@x.org", kind=AccountKind.GUEST), roll=roll)
    assert (joined(found), held(found)) == ({}, {"U2": Held.OUTSIDE})


def test_naming_an_account_ends_the_doubt() -> None:
    first = joining(account("U1", "ana@x.org"), account("U2", "ana@x.org"))
    found = joining(
        account("U1", "ana@x.org"), account("U2", "ana@x.org"), before=first, roll=Roll(ROLL.by_email, {"U2": ANA})
    )
    assert (joined(found), held(found)) == ({ANA: "U2"}, {})


def test_a_join_keeps_its_date_and_ends_with_one() -> None:
    first = joining(account("U1", "ana@x.org"), account("U2", "bo@x.org"))
    found = joining(account("U1", "ana@x.org"), before=first, at=NOW + DAY)
    assert [(s.account, s.since, s.until) for s in found] == [("U1", NOW, None), ("U2", NOW, NOW + DAY)]
    assert joining(account("U1", "ana@x.org"), before=found, at=NOW + MOVED_WITHIN + 2 * DAY) == found[:1]


def test_a_platform_that_tells_of_nobody_has_not_answered() -> None:
    first = joining(account("U1", "ana@x.org"))
    assert joining(before=first, at=NOW + DAY) == first


accounts = st.builds(
    account,
    st.sampled_from(["U1", "U2", "U3", "U4"]),
    st.sampled_from(["ana@x.org", "bo@x.org", "eva@x.org", "zoe@x.org"]),
    tenant=st.sampled_from(["T1", "T1", "T9"]),
    kind=st.sampled_from(AccountKind),
    active=st.booleans(),
)
told = st.lists(accounts, max_size=4, unique_by=lambda one: one.id)
rolls = st.dictionaries(st.sampled_from(["U1", "U2"]), st.sampled_from([ANA, BO]), max_size=2)


@given(st.lists(st.tuples(told, rolls), min_size=1, max_size=6))
def test_whatever_platforms_tell(syncs: list[tuple[list[Account], dict[str, PersonId]]]) -> None:
    """One account a person, one person an account, members only; and telling the same again changes nothing."""
    standings: tuple[Standing, ...] = ()
    for day, (accounts_now, named) in enumerate(syncs):
        at, roll = NOW + day * DAY, Roll(ROLL.by_email, named)
        earlier = {(s.account, s.person) for s in standings if s.held is None}
        standings = joining(*accounts_now, before=standings, roll=roll, at=at)
        live = [s for s in standings if s.joined]
        assert len({s.person for s in live}) == len(live) == len({s.account for s in live})
        members = {a.id for a in accounts_now if ALLOWED.admits(a)}
        assert not accounts_now or {s.account for s in live} <= members
        for one in live:
            others = {person for account_, person in earlier if account_ == one.account}
            assert one.account in named or others <= {one.person}, "never silently another person's"
        assert joining(*accounts_now, before=standings, roll=roll, at=at) == standings
