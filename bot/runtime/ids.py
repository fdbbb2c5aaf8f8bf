"""Fresh ids and case references: random, so that nobody reads an order or a number of cases from them."""

from __future__ import annotations

import secrets

from bot.core.ids import CaseId

#: Letters and digits that are not mistaken for each other when read aloud.
ALPHABET = "2346789ABCDEFGHJKMNPQRTUVWXYZ"


class RandomIds:
    def case(self) -> CaseId:
        return CaseId(secrets.token_hex(8))

    def reference(self) -> str:
        """As `K7Q-4M2X`: 29^7 of them."""
        letters = "".join(secrets.choice(ALPHABET) for _ in range(7))
        return f"{letters[:3]}-{letters[3:]}"
