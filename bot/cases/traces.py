"""What two reports of one campaign share: the same link, address, number or profile name, to the letter. Pure.

Rule 1. Only these are compared, never words or names: two people who are called alike are no campaign.
Rule 2. A link counts without scheme, "www.", fragment and what only follows readers around; a bare site is no trace.
Rule 3. Reports belong together when they were opened within `PERIOD` of each other (domain.md 5).
Rule 4. A trace leaves this file only to be made blind: equality is all that is ever asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

PERIOD: Final = timedelta(days=30)
#: So many of one report are compared: more than anybody writes, less than anybody can flood with.
MOST_TRACES: Final = 50

_LINK = re.compile(r"\b(?:https?://|www\.)[^\s<>\"']+", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?\d(?:[ .\-()]?\d){7,14}")
_HANDLE = re.compile(r"(?<![\w@./])@[\w.]{3,50}")
_FOLLOWS = re.compile(r"utm_.*|fbclid|gclid|igshid|igsh|si|ref|share.*", re.IGNORECASE)


def traces(texts: Iterable[str]) -> frozenset[str]:
    """What these texts can be compared by, each in one spelling."""
    found = sorted({trace for text in texts for trace in _traces(text)})
    return frozenset(found[:MOST_TRACES])


def _traces(text: str) -> Iterator[str]:
    rest = text
    for link in _LINK.findall(text):
        rest = rest.replace(link, " ")
        if (one := _link(link)) is not None:
            yield one
    for mail in _MAIL.findall(rest):
        rest = rest.replace(mail, " ")
        yield f"mail:{mail.casefold().rstrip('.')}"
    for handle in _HANDLE.findall(rest):
        rest = rest.replace(handle, " ")
        yield f"name:{handle.casefold().rstrip('.')}"
    for phone in _PHONE.findall(rest):
        # the last eight tell numbers apart, with or without the country's own
        yield f"phone:{re.sub(r'[^0-9]', '', phone)[-8:]}"


def _link(text: str) -> str | None:
    spelled = text.rstrip(".,;:!?)]}")
    try:
        parts = urlsplit(spelled if "://" in spelled else f"https://{spelled}")
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None  # a bracket in the host
    path = parts.path.rstrip("/")
    asked = urlencode(sorted((k, v) for k, v in parse_qsl(parts.query) if not _FOLLOWS.fullmatch(k)))
    return f"link:{host}{path}?{asked}" if host and (path or asked) else None
