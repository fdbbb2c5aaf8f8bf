"""Who is in a conversation, as the bot asks for them (get-teams-context.md).

Rule 1. The old call for all members at once is deprecated, and throttled to five a minute (rate-limit.md): a lint.
Rule 2. A page holds 50 to 500 members (get-teams-context.md).
Rule 3. A guest has the role guest, and #EXT# in the user principal name (get-teams-context.md). CHOSEN: who has no mail
        address has no `email` at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.teams.conversations import Answer, Call, room
from tests.fakes.teams.errors import ConnectorError
from tests.fakes.teams.user import TeamsUser
from tests.fakes.teams.wire import Json

if TYPE_CHECKING:
    from tests.fakes.teams.tenant import FakeTeams


def _member(user: TeamsUser) -> Json:
    first, _, last = user.name.partition(" ")
    return {
        "id": user.mri,
        "name": user.name,
        "objectId": user.aad,
        "aadObjectId": user.aad,
        "givenName": first,
        "surname": last,
        **({"email": user.email} if user.email else {}),
        "userPrincipalName": user.upn,
        "tenantId": user.tenant,
        "userRole": "guest" if user.guest else "user",
    }


def everybody(teams: FakeTeams, call: Call) -> Answer:
    teams.lint("GET members is deprecated and throttled to 5 a minute: use pagedmembers")
    return Answer(200, [_member(room(teams, call))])


def page(teams: FakeTeams, call: Call) -> Answer:
    asked = call.query.get("pageSize", "50")
    if not asked.isdecimal():
        raise ConnectorError(400, "BadSyntax", f"pageSize {asked!r} is no number")
    if not 50 <= int(asked) <= 500:
        teams.lint(f"pageSize {asked} is outside 50..500")
    return Answer(200, {"members": [_member(room(teams, call))]})


def one(teams: FakeTeams, call: Call) -> Answer:
    """`ids`: the conversation, and the member by any id of theirs."""
    user = room(teams, call)
    if call.ids[1] not in (user.mri, user.aad, user.upn):
        raise ConnectorError(404, "MemberNotFoundInConversation", "Member not found in conversation.")
    return Answer(200, _member(user))
