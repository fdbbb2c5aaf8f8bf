"""What the fake refuses, and on whose behalf."""

from __future__ import annotations

from collections.abc import Mapping

from tests.fakes.teams.wire import Json


class ConnectorError(Exception):
    """The connector's refusal; `body` is what Teams would answer."""

    def __init__(self, status: int, code: str, message: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.body: Json = {"error": {"code": code, "message": message}}
        self.headers: Mapping[str, str] = headers or {}


class ClientRefused(Exception):
    """The Teams client itself would not let the user do this: a required input is empty, the button is not there."""
