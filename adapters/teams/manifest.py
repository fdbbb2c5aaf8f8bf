"""The app as Teams is given it: names, entrances, texts in each language. Pure.

Rule 1. Nothing is asked for that the bot does not use: private chats only, no team, no group, no permission, no
        device, no web page. The bot logs in as itself, and never in somebody's name: no `webApplicationInfo`.
Rule 2. One id for all: the app in Entra is the bot, and the app in Teams. Another id would be another app there, and
        whoever had installed it would have it no more.
Rule 3. Teams shows each text in the language that it is set to; English where there is none.
Sources: schema 1.19 of Microsoft's @microsoft/app-manifest; apps-localization.md, design-teams-app-icon-store-appbar.md
(msteams-docs).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from adapters.teams.manifest_texts import TEXTS, Shown, Texts

Json = dict[str, object]
NAME = "Bistand"
LONGEST_NAME, LONGEST_DEVELOPER = 30, 32
#: Ids of the commands: about a message, and from anywhere.
REPORT_MESSAGE, REPORT = "report_message", "report_incident"
COLOR, OUTLINE = "color.png", "outline.png"
ACCENT = "#1f5f66"
SCHEMA_VERSION = "1.19"
_SCHEMAS = f"https://developer.microsoft.com/en-us/json-schemas/teams/v{SCHEMA_VERSION}"
_LANGUAGE, *_OTHERS = TEXTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Publisher:
    """Who answers for the app, and the pages of theirs (https) that Teams shows beside it."""

    name: str
    website: str
    privacy: str
    terms: str


def manifest(app_id: str, version: str, publisher: Publisher, name: str = NAME) -> Json:
    """The manifest of an app of this name; Teams takes a changed one only with a higher version."""
    texts = TEXTS[_LANGUAGE]
    return {
        "$schema": f"{_SCHEMAS}/MicrosoftTeams.schema.json",
        "manifestVersion": SCHEMA_VERSION,
        "version": version,
        "id": app_id,
        "developer": {
            "name": publisher.name[:LONGEST_DEVELOPER].strip(),
            "websiteUrl": publisher.website,
            "privacyUrl": publisher.privacy,
            "termsOfUseUrl": publisher.terms,
        },
        "localizationInfo": {
            "defaultLanguageTag": _LANGUAGE,
            "additionalLanguages": [{"languageTag": one, "file": file_of(one)} for one in _OTHERS],
        },
        "name": {"short": name, "full": name},
        "description": {"short": texts.short, "full": texts.full},
        "icons": {"color": COLOR, "outline": OUTLINE},
        "accentColor": ACCENT,
        "bots": [_bot(app_id, texts)],
        "composeExtensions": [_extension(app_id, texts)],
        "defaultInstallScope": "personal",
        "validDomains": [],
    }


def translations(name: str = NAME) -> Mapping[str, Json]:
    """The texts in the other languages, by file; the name stays as it is."""
    return {file_of(language): _translated(TEXTS[language], name) for language in _OTHERS}


def file_of(language: str) -> str:
    return f"{language}.json"


def _bot(app_id: str, texts: Texts) -> Json:
    return {
        "botId": app_id,
        "scopes": ["personal"],
        "supportsFiles": True,
        "isNotificationOnly": False,
        # without commands, Teams on a phone shows no bot
        "commandLists": [{"scopes": ["personal"], "commands": [_shown(one) for one in texts.chat]}],
    }


def _extension(app_id: str, texts: Texts) -> Json:
    return {
        "botId": app_id,
        "canUpdateConfiguration": False,
        "commands": [
            {
                "id": id_,
                "type": "action",
                "context": context,
                "fetchTask": True,
                **_shown(shown),
            }
            for id_, context, shown in (
                (REPORT_MESSAGE, ["message"], texts.report_message),
                (REPORT, ["compose", "commandBox"], texts.report_incident),
            )
        ],
    }


def _shown(one: Shown) -> Json:
    return {"title": one.title, "description": one.description}


def _translated(texts: Texts, name: str) -> Json:
    made: Json = {
        "$schema": f"{_SCHEMAS}/MicrosoftTeams.Localization.schema.json",
        "name.short": name,
        "name.full": name,
        "description.short": texts.short,
        "description.full": texts.full,
    }
    for place, each in (
        ("bots[0].commandLists[0]", texts.chat),
        ("composeExtensions[0]", (texts.report_message, texts.report_incident)),
    ):
        for number, one in enumerate(each):
            made |= {f"{place}.commands[{number}].{key}": value for key, value in _shown(one).items()}
    return made
