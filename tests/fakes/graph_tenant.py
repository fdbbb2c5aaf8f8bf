"""The people of a fake tenant, and what Microsoft Graph tells of their changes.

Each rule has its source: a page of Microsoft's documentation by its file name, or CHOSEN where we found none.

G5.  It takes `$select` in the first question and nothing else; `$top`, `$expand`, `$orderby` are refused.
     (delta-query-overview.md)
G6.  A page has either a nextLink or a deltaLink, and may be empty. Links are opaque, and called as they are.
     (delta-query-overview.md; a link that was changed on its way is 400 CHOSEN)
G7.  A property that was never set is left out. Of who changed there is the id and what changed, also when it is null
     now; a change of what was not selected is none. (user-delta.md, delta-query-overview.md; no more than what changed:
     CHOSEN, the least that is allowed)
G8.  Somebody deleted is an id with @removed: reason `changed`, or `deleted` for good. Restored: no annotation.
     (delta-query-users.md)
G9.  The same somebody may come twice in one answer, and again in a later one. (delta-query-overview.md: replays)
G10. A deltaLink lasts seven days, then 400 syncStateNotFound. (delta-query-overview.md: a 40x error; 400 by Microsoft's
     announcement of 2020) After a reset of the tenant it is 410 with a Location. (delta-query-overview.md; the code
     resyncRequired by errors.md)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_DNS, uuid5

SELECTABLE = {
    "id", "mail", "userPrincipalName", "accountEnabled", "userType", "preferredLanguage", "department", "displayName",
    "otherMails", "proxyAddresses",
}  # fmt: skip
LASTS = timedelta(days=7)


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def error(status: int, code: str, headers: Mapping[str, str] | None = None) -> Answer:
    told = {"code": code, "message": f"About somebody: {code}.", "innerError": {"request-id": "r"}}
    return Answer(status, {"error": told}, headers or {})


class FakeTenant:
    def __init__(self, now: Callable[[], datetime], page: int) -> None:
        self.now = now
        self.page = page
        self.url = ""
        self.elsewhere = ""
        self.users: dict[str, dict[str, Any]] = {}
        self.deleted: dict[str, str] = {}
        self.replays = False
        self._log: list[tuple[str, frozenset[str]]] = []
        self._states: dict[str, dict[str, Any]] = {}

    def add(self, name: str, **more: Any) -> str:
        """A new member of the tenant; returns the id."""
        id_ = str(uuid5(NAMESPACE_DNS, name))
        email = f"{name}@example.org"
        self.users[id_] = {"id": id_, "mail": email, "userPrincipalName": email, "accountEnabled": True} | {
            "userType": "Member",
            **more,
        }
        self._log.append((id_, frozenset(SELECTABLE)))
        return id_

    def change(self, id_: str, **more: Any) -> None:
        self.users[id_] |= more
        self._log.append((id_, frozenset(more)))

    def delete(self, id_: str, *, for_good: bool = False) -> None:
        self.deleted[id_] = "deleted" if for_good else "changed"
        self._log.append((id_, frozenset()))

    def restore(self, id_: str) -> None:
        del self.deleted[id_]
        self._log.append((id_, frozenset(SELECTABLE)))

    def reset(self) -> None:
        """The tenant was moved: every link leads nowhere (G10)."""
        for state in self._states.values():
            state["gone"] = True

    # --- changes (G5 to G10) ---------------------------------------------------------------------------------------

    def _delta(self, query: str) -> Answer:
        asked = dict(part.partition("=")[::2] for part in query.split("&") if part)
        token = asked.get("$skiptoken") or asked.get("$deltatoken")
        if token is None:
            select = tuple(asked.get("$select", "").split(","))
            if asked.keys() != {"$select"} or not SELECTABLE.issuperset(select):
                return error(400, "Request_UnsupportedQuery")
            state = {"entries": list(self._everybody(select)), "select": select, "upto": len(self._log)}
            return self._page(state)
        state = self._states.get(token, {})
        if len(asked) > 1 or not state:
            return error(400, "BadRequest")
        if state.get("gone"):
            return error(410, "resyncRequired", {"Location": f"{self.url}/v1.0/users/delta?$deltatoken="})
        if "$deltatoken" in asked:
            if self.now() - state["made"] >= LASTS:
                return error(400, "syncStateNotFound")
            changes = list(self._changes(state["select"], state["upto"] - bool(self.replays and state["upto"])))
            state = {"entries": changes, "select": state["select"], "upto": len(self._log)}
        return self._page(state)

    def _everybody(self, select: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        for id_, user in self.users.items():
            if id_ in self.deleted:
                yield {"id": id_, "@removed": {"reason": self.deleted[id_]}}
            else:
                yield {"id": id_, **{key: user[key] for key in select if user.get(key) is not None}}

    def _changes(self, select: tuple[str, ...], since: int) -> Iterator[dict[str, Any]]:
        """G7 to G9: one entry a change, so that somebody may come twice."""
        for id_, changed in self._log[since:]:
            if id_ in self.deleted:
                yield {"id": id_, "@removed": {"reason": self.deleted[id_]}}
            elif changed == SELECTABLE:
                yield {
                    "id": id_,
                    **{key: self.users[id_][key] for key in select if self.users[id_].get(key) is not None},
                }
            elif told := {key: self.users[id_].get(key) for key in select if key in changed}:
                yield {"id": id_, **told}

    def _page(self, state: dict[str, Any]) -> Answer:
        now, later = state["entries"][: self.page], state["entries"][self.page :]
        kind, name = ("$skiptoken", "next") if later else ("$deltatoken", "delta")
        token = quote(f"{kind}+{len(self._states)}/=", safe="")  # odd signs: it is to come back as it was (G6)
        self._states[token] = {**state, "entries": later, "made": self.now()}
        link = f"{self.elsewhere or self.url}/v1.0/users/delta?{kind}={token}"
        return Answer(200, {"value": now, f"@odata.{name}Link": link})
