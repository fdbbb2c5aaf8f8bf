"""The simulator's own words, in the languages of its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from babel.dates import format_datetime

from adapters.web.chats import Happened


@dataclass(frozen=True, slots=True)
class Words:
    code: str
    waited: str
    killed: str
    mailed: str
    rang: str
    errors: Mapping[str, str]
    pattern: str

    def happened(self, what: Happened, at: datetime) -> str:
        moment = format_datetime(at, self.pattern, locale=self.code)
        match what:
            case Happened.WAITED:
                return self.waited.format(moment=moment)
            case Happened.KILLED:
                return self.killed
            case Happened.MAILED:
                return self.mailed
            case Happened.RANG:
                return self.rang

    def error(self, what: str) -> str:
        return self.errors.get(what, self.errors[""])


EN = Words(
    "en",
    "{moment}",
    "The bot was killed here",
    "A mail has been sent, too. It says “Bistand needs you”, and nothing of what",
    "The pager rings, too. It says “Bistand needs you”, and nothing of what",
    {
        "": "That did not work. Load the page again, please.",
        "begun_anew": "Everything was begun anew meanwhile, so this was not taken.",
        "exists": "There is a test of this name already. Choose another name, please.",
        "flows": "The flows have problems. Mend them first, please; nothing was removed.",
        "large": "This file is too large.",
    },
    "EEEE d MMMM, HH:mm",
)
DA = Words(
    "da",
    "{moment}",
    "Her blev botten slået ned",
    "Der er også sendt en mail. Der står “Bistand har brug for dig” og intet om hvad",
    "Vagttelefonen ringer også. Den siger “Bistand har brug for dig” og intet om hvad",
    {
        "": "Det lykkedes ikke. Genindlæs siden.",
        "begun_anew": "Der er begyndt forfra imens, så det her kom ikke med.",
        "exists": "Der findes allerede en test med det navn. Vælg et andet.",
        "flows": "Der er fejl i samtalerne. Ret dem først; intet er fjernet.",
        "large": "Filen er for stor.",
    },
    "EEEE 'den' d. MMMM 'kl'. HH.mm",
)
WORDS = {"en": EN, "da": DA}


def words(language: str) -> Words:
    return WORDS.get(language, EN)
