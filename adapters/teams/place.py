"""Where a person is written to in Teams: the chat, the service that it is reached by, the tenant. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A personal chat. Teams moves chats from service to service: the newest address counts."""

    service_url: str
    conversation: str
    tenant: str

    def packed(self) -> str:
        return json.dumps([self.service_url, self.conversation, self.tenant], separators=(",", ":"))


def unpacked(text: str) -> Place | None:
    """What `packed` wrote; None for anything else."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    match found:
        case [str(service_url), str(conversation), str(tenant)]:
            return Place(service_url, conversation, tenant)
        case _:
            return None
