"""The one line that a mistake in the environment gets."""

from __future__ import annotations

import pytest

from tests.settings.making import LOOPBACK, SLACK, TESTING, refused

GUID = "11111111-2222-3333-4444-555555555555"


@pytest.mark.parametrize(
    ("environ", "line"),
    [
        (
            {"BISTAND_STORGE__URL": "x"},
            "BISTAND_STORGE__URL: unknown key `storge`. Did you mean `storage`?",
        ),
        (
            {"BISTAND_SLACK__BOT_TOKN": "x"},
            "BISTAND_SLACK__BOT_TOKN: unknown key `bot_tokn` in `slack`. Did you mean `bot_token`?",
        ),
        (
            {"BISTAND_SLACK_BOT_TOKEN": "xoxb-1"},
            "BISTAND_SLACK_BOT_TOKEN: a section and its key have two `_` between them. Write BISTAND_SLACK__BOT_TOKEN.",
        ),
        ({"BISTAND_HTTP__PORT": "many"}, "BISTAND_HTTP__PORT: `http.port` must be a whole number."),
        ({"BISTAND_HTTP__PORT__X": "1"}, "BISTAND_HTTP__PORT__X: `http.port` must be a whole number."),
        (
            {"BISTAND_SLACK__BOT_TOKEN": "xapp-1-fake"},
            "BISTAND_SLACK__BOT_TOKEN: `slack.bot_token` must begin with `xoxb-`; is it another of Slack's secrets?",
        ),
        (
            {"BISTAND_SLACK__BOT_TOKEN": "xoxb-fake"},
            "settings: `slack.app_token` is missing: `mode: socket` needs it (Slack shows it under Basic Information).",
        ),
        (
            {"BISTAND_SLACK__APP_TOKEN": "xapp-1-fake"},
            "settings: `slack.bot_token` is missing: Slack shows it under OAuth & Permissions.",
        ),
        (
            {**SLACK, "BISTAND_SLACK__MODE": "http"},
            (
                "settings: `slack.signing_secret` is missing: `mode: http` needs it "
                "(Slack shows it under Basic Information)."
            ),
        ),
        (
            {"BISTAND_TEAMS__APP_ID": GUID, "BISTAND_TEAMS__TENANT_ID": GUID},
            "settings: `teams.app_password` is missing: Teams needs `app_id`, `app_password` and `tenant_id`.",
        ),
        (
            {"BISTAND_TEAMS__APP_ID": GUID, "BISTAND_TEAMS__APP_PASSWORD": "p"},
            "settings: `teams.tenant_id` is missing: Teams needs `app_id`, `app_password` and `tenant_id`.",
        ),
        (
            {"BISTAND_TEAMS__ALLOW_ANONYMOUS": "true"},
            (
                "BISTAND_TEAMS__ALLOW_ANONYMOUS: `teams.allow_anonymous` is for tests only: "
                "it needs BISTAND_TESTING=1. Remove it."
            ),
        ),
        (
            {**TESTING, **SLACK},
            (
                "settings: `slack.api_url` must point to this machine while BISTAND_TESTING=1, "
                "as `http://127.0.0.1:8000/api/`."
            ),
        ),
        (
            {**TESTING, "BISTAND_SLACK__API_URL": "https://slack.com/api/"},
            (
                "BISTAND_SLACK__API_URL: `slack.api_url` must point to this machine while BISTAND_TESTING=1, "
                "as `http://127.0.0.1:8000/api/`."
            ),
        ),
        (
            {**TESTING, **SLACK, **LOOPBACK, "BISTAND_SLACK__BOT_TOKEN": "xoxb-" + "1" * 12 + "-" + "2" * 12 + "-abc"},
            (
                "BISTAND_SLACK__BOT_TOKEN: `slack.bot_token` is a real token, and BISTAND_TESTING=1 is for tests only. "
                "Remove BISTAND_TESTING, or use a made-up one."
            ),
        ),
        (
            {**TESTING, **SLACK, **LOOPBACK, "BISTAND_SLACK__APP_TOKEN": "xapp-1-A" + "0" * 10 + "-1"},
            (
                "BISTAND_SLACK__APP_TOKEN: `slack.app_token` is a real token, and BISTAND_TESTING=1 is for tests only. "
                "Remove BISTAND_TESTING, or use a made-up one."
            ),
        ),
        (
            {**TESTING, "BISTAND_TEAMS__ALLOW_ANONYMOUS": "true", "BISTAND_TEAMS__APP_PASSWORD": "abc8Q~" + "x" * 34},
            (
                "BISTAND_TEAMS__APP_PASSWORD: `teams.app_password` is a real password, and BISTAND_TESTING=1 is "
                "for tests only. Remove BISTAND_TESTING, or use a made-up one."
            ),
        ),
        (
            {**TESTING, "BISTAND_TEAMS__GRAPH_URL": "https://graph.microsoft.us"},
            (
                "BISTAND_TEAMS__GRAPH_URL: `teams.graph_url` must point to this machine while BISTAND_TESTING=1, "
                "as `http://127.0.0.1:8000`."
            ),
        ),
        (
            {"BISTAND_TEAMS__LOGIN_URL": "http://login.example.org"},
            (
                "BISTAND_TEAMS__LOGIN_URL: `teams.login_url` must begin with `https://` "
                "(`http://` only for this machine itself)."
            ),
        ),
    ],
)
def test_a_mistake_in_the_environment_is_one_line(environ: dict[str, str], line: str) -> None:
    assert refused(environ) == line


@pytest.mark.parametrize("name", ["STORAGE__KEY", "SLACK__BOT_TOKEN", "SLACK__APP_TOKEN", "STORAGE__URL", "PAGER__URL"])
def test_no_line_shows_a_value(name: str) -> None:
    assert "hunter2" not in refused({f"BISTAND_{name}": "hunter2"})
