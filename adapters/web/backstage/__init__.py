"""What goes on behind the chats, in words for the simulator's panels. Pure.

Rule 1. It shows what the case decided, and decides nothing.
Rule 2. Names, kinds and the admin's words only: what people typed never gets into a panel.
Rule 3. Every kind of audit line, every kind of timer and every reason has its words in each language; tests look for a
        new one in the source.
"""

from __future__ import annotations

from adapters.web.backstage.head import has_it, level, owner, status
from adapters.web.backstage.labels import roles, stands_for
from adapters.web.backstage.sights import Sight, sights
from adapters.web.backstage.standing import Standing, standing
from adapters.web.backstage.tasks import task_texts
from adapters.web.backstage.timeline import timeline
from adapters.web.backstage.upcoming import Coming, deadlines, upcoming

__all__ = [
    "Coming",
    "Sight",
    "Standing",
    "deadlines",
    "has_it",
    "level",
    "owner",
    "roles",
    "sights",
    "standing",
    "stands_for",
    "status",
    "task_texts",
    "timeline",
    "upcoming",
]
