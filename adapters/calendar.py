"""Sites with the public holidays of their country, for working time.

Rule 1. A site is closed on the public holidays of its country, as the `holidays` library lists them by law.
Rule 2. In Denmark it is also closed on 5 June (Constitution Day) and 24 December: no public holidays, but most
        workplaces are closed, and a deadline on them would pass with nobody there. 1 May and 31 December are working
        days. This is our choice, not law; what danger makes immediate counts by the clock and is not touched by it.
Rule 3. Working time needs the holidays of each year that a deadline may reach: give the years around today.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

import holidays

from bot.core.worktime import Hours, Site
from bot.errors import SettingsError

#: Rule 2: month and day by country.
CLOSED_TOO: Mapping[str, tuple[tuple[int, int], ...]] = {"dk": ((6, 5), (12, 24))}


def site(name: str, timezone: str, hours: Hours, country: str, years: Iterable[int]) -> Site:
    """A place of work; `country` is two letters, `years` are those whose holidays are known.

    Raises SettingsError for a country without a calendar, or a time zone that is not known.
    """
    try:
        return Site(name, timezone, hours, closed_on(country, tuple(years)))
    except ValueError as error:
        raise SettingsError(str(error)) from None


@lru_cache(maxsize=64)
def closed_on(country: str, years: tuple[int, ...]) -> frozenset[date]:
    """The days of these years on which the workplaces of a country are closed. Raises SettingsError."""
    try:
        public = holidays.country_holidays(country.upper(), years=years)
    except NotImplementedError:
        raise SettingsError(f'there is no calendar of public holidays for the country "{country}"') from None
    extra = CLOSED_TOO.get(country.lower(), ())
    # a holiday that is moved can fall into the year after; only whole years are known
    listed = (day for day in public if day.year in years)
    return frozenset((*listed, *(date(year, month, day) for year in years for month, day in extra)))
