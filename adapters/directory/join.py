"""Accounts joined to people by e-mail, or held back with a reason. Pure.

Rule 1. Only active full members: of the workspace or tenant that the bot is installed in, or of one that is listed.
        Guests, bots and strangers are nobody. Only e-mails of the people file, in any case of letters; where domains
        are listed, only of those.
Rule 2. An account that the people file names for a person is that person's: the operator has decided. It wins over
        every other account, but must be a full member too.
Rule 3. One person with several accounts of a platform: all are held. One account with the e-mails of several: held.
Rule 4. An e-mail that was another account's, or an account that was another person's, within `MOVED_WITHIN`: held. An
        address that was given on is not the person who had it.
Rule 5. What was joined and is no more, ends now; it is remembered as long as rule 4 needs it.
Rule 6. A platform that tells of nobody at all has not answered.
Rule 7. What was not looked at yet (manager, time zone, absences) stays as it was. Of an account that is held nothing is
        kept beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.core.people import PersonId
from bot.runtime.accounts import Account, AccountKind, Held, Standing

MOVED_WITHIN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Allowed:
    """Workspaces or tenants by platform, beside the bot's own; domains of e-mails in small letters, none for all."""

    tenants: Mapping[str, frozenset[str]]
    domains: frozenset[str]

    def admits(self, account: Account) -> bool:
        known = account.home or account.tenant in self.tenants.get(account.platform, frozenset())
        return known and account.active and account.kind is AccountKind.MEMBER

    def emails(self, account: Account) -> tuple[str, ...]:
        """Its e-mails that count, in small letters."""
        found = (email.casefold() for email in account.emails)
        domains = self.domains
        return tuple(dict.fromkeys(each for each in found if not domains or each.rpartition("@")[2] in domains))


@dataclass(frozen=True, slots=True)
class Roll:
    """The people file: persons by e-mail in small letters, and by the account that it names for them."""

    by_email: Mapping[str, PersonId]
    named: Mapping[str, PersonId]


@dataclass(frozen=True, slots=True)
class _Claim:
    account: Account
    person: PersonId | None
    email: str
    held: Held | None = None


def join(
    accounts: Sequence[Account], roll: Roll, allowed: Allowed, before: Sequence[Standing], now: datetime
) -> tuple[Standing, ...]:
    """How one platform's accounts stand now; `before` is how they stood."""
    if not accounts:
        return tuple(before)
    past = tuple(s for s in before if s.held is None and (s.until is None or s.until > now - MOVED_WITHIN))
    claims = [found for account in accounts for found in _claims(account, roll, allowed, past)]
    claims = _each_person_once(claims)
    return tuple(_stand(claims, past, before, now))


def _claims(account: Account, roll: Roll, allowed: Allowed, past: Sequence[Standing]) -> Iterator[_Claim]:
    """Whom an account claims to be: one person, or nobody, or several."""
    named, emails = roll.named.get(account.id), allowed.emails(account)
    mine = [email for email in emails if email in roll.by_email]
    if named is not None:
        held = None if allowed.admits(account) else Held.OUTSIDE
        yield _Claim(account, named, mine[0] if mine else "", held)
        return
    decided = frozenset(roll.named.values())
    persons = tuple(dict.fromkeys(roll.by_email[email] for email in mine))
    if not allowed.admits(account) or not persons or decided.intersection(persons):
        return
    if len(persons) > 1:
        yield _Claim(account, None, mine[0], Held.TWO_PERSONS)
    else:
        yield _Claim(account, persons[0], mine[0], _moved(account, persons[0], mine, past))


def _moved(account: Account, person: PersonId, emails: Sequence[str], past: Sequence[Standing]) -> Held | None:
    """Rule 4."""
    for one in past:
        same = (one.tenant, one.account) == (account.tenant, account.id)
        if same and one.person != person:
            return Held.OTHER_PERSON
        if not same and one.email in emails:
            return Held.MOVED_MAIL
    return None


def _each_person_once(claims: Sequence[_Claim]) -> list[_Claim]:
    """Rule 3."""
    by_person: defaultdict[PersonId | None, int] = defaultdict(int)
    for claim in claims:
        by_person[claim.person] += 1
    double = {person for person, count in by_person.items() if person is not None and count > 1}
    return [replace(c, held=Held.TWO_ACCOUNTS) if c.person in double else c for c in claims]


def _stand(
    claims: Sequence[_Claim], past: Sequence[Standing], before: Sequence[Standing], now: datetime
) -> Iterator[Standing]:
    known = {_key(one): one for one in before if one.until is None}
    standing = set()
    for claim in claims:
        account = claim.account
        made = Standing(account.platform, account.tenant, account.id, claim.person, claim.email, now, held=claim.held)
        standing.add(_key(made))
        yield _knowing(known.get(_key(made), made), account)
    for one in past:
        if one.until is not None:
            yield one
        elif _key(one) not in standing:
            yield replace(one, until=now)


def _knowing(one: Standing, account: Account) -> Standing:
    """Rule 7."""
    if one.held is not None:
        return one
    return replace(
        one,
        language=account.language,
        timezone=account.timezone if account.timezone is not None else one.timezone,
        manager=account.manager if account.manager is not None else one.manager,
        away=account.away if account.away is not None else one.away,
    )


def _key(one: Standing) -> tuple[str, str, PersonId | None, str, Held | None]:
    return one.tenant, one.account, one.person, one.email, one.held
