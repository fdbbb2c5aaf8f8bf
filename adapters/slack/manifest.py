"""The app as Slack is to make it: names, entrances, scopes, events. Pure.

Rule 1. Nothing is asked for that the bot does not use: each scope says what for. A scope more is a reason for an
        administrator to refuse the app, and a harm when the token is stolen. No channel is read, and none written to.
Rule 2. In Socket Mode the bot calls Slack, and no address stands here. By HTTP all comes to one path.
Rule 3. A manifest holds one language. Whoever talks with the bot is answered in their own.
Sources: "App manifest reference" in Slack's documentation, the schema in github.com/slackapi/manifest-schema.
"""

from __future__ import annotations

from collections.abc import Mapping

Json = dict[str, object]
NAME = "Bistand"
LONGEST_NAME = 35
COMMAND = "/bistand"
#: Callback ids of the shortcuts: from anywhere, and about a message.
REPORT, REPORT_MESSAGE = "report_incident", "report_message"
#: Where Slack's calls come in by HTTP.
PATH = "/slack/events"

#: Each scope, and what for (rule 1).
SCOPES: Mapping[str, str] = {
    "app_mentions:read": "whoever writes to it in a channel is told that it listens in private only",
    "chat:write": "to write to people, and to change and remove its own messages",
    "commands": "/bistand, and the two shortcuts",
    "files:read": "to keep a picture or a document that somebody attaches to their report",
    "files:write": "to show an attached file to whoever may read it, in their own chat",
    "im:history": "to hear what people write to it, and after a crash to see what it has sent already",
    "im:write": "to open the chat with somebody who is to be told",
    "users.profile:read": "to find the manager of those for whom the people file names none",
    "users:read": "to know who works here, who has left, who is a guest; language and time zone",
    "users:read.email": "to know which account is whose: they are joined to the people file by e-mail",
}
#: Each event, and what for.
EVENTS: Mapping[str, str] = {
    "app_home_opened": "the home is made when somebody looks at it",
    "app_mention": "mentioned in a channel, it answers that it listens in private only",
    "app_uninstalled": "nobody can be reached any more: alerts go another way",
    "message.im": "what people write to it",
    "team_join": "somebody new can report at once",
    "tokens_revoked": "nobody can be reached any more: alerts go another way",
    "user_change": "whoever left, or got another e-mail, is somebody else at once",
}

DESCRIPTION = "If somebody harasses you, here is help. Calmly, step by step, and you decide who may know."
LONG_DESCRIPTION = """\
Bistand is there when somebody harasses you, online or at work, or when you see it happen to a colleague.

Write to it in private. It asks step by step what has happened, and who may know. You can pause, go back, skip a \
question, or stop at any time. Nothing is sent before you have read it and said so.

Then somebody who can help is told, and reminded until they do. People decide everything. Bistand never tells \
whoever it is about.

Bistand is no emergency service. If you are in danger, call your emergency number."""


def manifest(name: str = NAME, address: str = "") -> Json:
    """The manifest of an app of this name; with the bot's `address` (https) Slack calls it there (rule 2)."""
    url = request_url(address) if address else ""
    return {
        "display_information": {
            "name": name,
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
            "background_color": "#2b4c5e",
        },
        "features": _features(name, url),
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**({"request_url": url} if url else {}), "bot_events": list(EVENTS)},
            "interactivity": {
                "is_enabled": True,
                # the second is where a list of people is asked for while somebody types a name
                **({"request_url": url, "message_menu_options_url": url} if url else {}),
            },
            "org_deploy_enabled": False,  # one workspace, one organisation
            "socket_mode_enabled": not url,
            "token_rotation_enabled": False,  # a token that runs out at night would leave an alert unsent
        },
    }


def request_url(address: str) -> str:
    """Where Slack is to call, below an address of the bot; the path may stand there already."""
    return address.rstrip("/").removesuffix(PATH) + PATH


def _features(name: str, url: str) -> Json:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,  # without it nobody can write to the bot, nor the bot to anybody
            "messages_tab_read_only_enabled": False,
        },
        "bot_user": {"display_name": name, "always_online": True},
        "shortcuts": [
            {
                "name": "Report an incident",
                "type": "global",
                "callback_id": REPORT,
                "description": "Tell in private what has happened. You decide who may know.",
            },
            {
                "name": "Report this message",
                "type": "message",
                "callback_id": REPORT_MESSAGE,
                "description": "Begin a private report with this message. Nobody is told yet.",
            },
        ],
        "slash_commands": [
            {
                "command": COMMAND,
                "description": "Get help with harassment. Only you see the answer.",
                "usage_hint": "[report | cases | help]",
                "should_escape": False,
                **({"url": url} if url else {}),
            }
        ],
    }
