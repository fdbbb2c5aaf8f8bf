"""Web API: people (docs.slack.dev/reference/methods/users.list and its siblings).

Rule 1. Custom profile fields, the manager among them, come from users.profile.get alone.
Rule 2. The email address needs users:read.email besides users:read.
Rule 3. users.list goes by pages (`limit`, `cursor`); deactivated people, guests and bots are in it.
Rule 4. Somebody of another workspace has its `team_id`; `is_stranger` is true only while no shared channel is in sight.
        ASSUMED: users.list holds whoever shares a channel with us, and no stranger.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

from tests.fakes.slack.errors import Json, SlackError
from tests.fakes.slack.methods import method, need, page

if TYPE_CHECKING:
    from tests.fakes.slack.workspace import FakeSlack


def public_user(slack: FakeSlack, uid: str) -> Json:
    u = copy.deepcopy(slack.users[uid])
    u["profile"].pop("fields", None)  # only users.profile.get returns custom fields
    if "users:read.email" not in slack.tokens[slack.bot_token]["scopes"]:
        u["profile"].pop("email", None)
    if slack.foreign(uid):
        u["is_stranger"] = slack.is_stranger(uid)
    return u


@method("users.info", ("users:read",), 100)
def users_info(slack: FakeSlack, a: Json) -> Json:
    need(a, "user")
    if a["user"] not in slack.users:
        raise SlackError("user_not_found")
    return {"user": public_user(slack, a["user"])}


@method("users.lookupByEmail", ("users:read.email",), 50)
def users_lookup_by_email(slack: FakeSlack, a: Json) -> Json:
    """ASSUMED: deactivated people and strangers are not found."""
    need(a, "email")
    for uid, u in slack.users.items():
        same = u["profile"].get("email", "").lower() == str(a["email"]).lower()
        if same and not u["deleted"] and not slack.is_stranger(uid):
            return {"user": public_user(slack, uid)}
    raise SlackError("users_not_found")


@method("users.profile.get", ("users.profile:read",), 100)
def users_profile_get(slack: FakeSlack, a: Json) -> Json:
    uid = a.get("user") or slack.bot_user
    if uid not in slack.users:
        raise SlackError("user_not_found")
    return {"profile": copy.deepcopy(slack.users[uid]["profile"])}


@method("users.list", ("users:read",), 20)
def users_list(slack: FakeSlack, a: Json) -> Json:
    known = sorted(uid for uid in slack.users if not slack.is_stranger(uid))
    uids, following = page(known, a, default=1000)
    return {
        "members": [public_user(slack, uid) for uid in uids],
        "cache_ts": int(slack.now()),
        "response_metadata": following,
    }
