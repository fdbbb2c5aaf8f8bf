"""What the connector and the clients demand of an activity that the bot sends.

Rule 1. At most 100 KB as UTF-16 (format-your-bot-messages.md), else 413 MessageSizeTooBig.
Rule 2. A message has a text or an attachment, and a textFormat that Teams knows (format-your-bot-messages.md).
Rule 3. A card is sound (`cards`), else 400; too large, 413. With `strict=False` its errors are lints.
Rule 4. Suggested actions: at most six, imBack, personal chats only (build-conversational-capability.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.fakes.teams import files
from tests.fakes.teams.cards import Problem, check_card
from tests.fakes.teams.errors import ConnectorError
from tests.fakes.teams.wire import ADAPTIVE, Json, array, dumped, obj, objects

if TYPE_CHECKING:
    from tests.fakes.teams.tenant import FakeTeams

TYPES = ("message", "typing", "endOfConversation", "event", "trace", "invokeResponse")
UNSHOWN = ("trace", "invokeResponse", "event")
FORMATS = (None, "plain", "markdown", "xml")
ATTACHED = ("application/vnd.microsoft.", "image/", "text/html")
CLICKS = ("imBack", "Action.Compose")


def judge(teams: FakeTeams, activity: Json) -> None:
    """Raises ConnectorError; notes what is unwise."""
    if len(dumped(activity).encode("utf-16-le", errors="surrogatepass")) > teams.limits.message_utf16:
        raise ConnectorError(413, "MessageSizeTooBig", "Message size too large.")
    kind = activity.get("type")
    if kind not in TYPES:
        raise ConnectorError(400, "BadSyntax", f"Unknown activity type {kind!r}")
    if kind in UNSHOWN:
        teams.lint(f"a bot must not send {kind!r} to Teams")
    if kind == "message":
        _message(teams, activity)
    sender, where = obj(activity.get("from")).get("id"), obj(activity.get("conversation")).get("id")
    if sender not in (None, teams.bot_id):
        teams.lint(f"from.id {sender!r} is not the bot")
    if where not in (None, *teams.by_conversation):
        teams.lint("conversation.id of the body is not a known conversation")


def _message(teams: FakeTeams, activity: Json) -> None:
    attachments = array(activity.get("attachments"))
    if not activity.get("text") and not attachments:
        said = "Activity must include non empty 'text' field or at least 1 attachment"
        raise ConnectorError(400, "BadSyntax", said)
    if activity.get("textFormat") not in FORMATS:
        raise ConnectorError(400, "BadSyntax", f"Unknown textFormat {activity['textFormat']!r}")
    for attached in attachments:
        kind = obj(attached).get("contentType")
        if not str(kind).startswith(ATTACHED):
            raise ConnectorError(400, "BadSyntax", f"Unknown attachment type {kind!r}")
        if kind == ADAPTIVE:
            _card(teams, attached.get("content"))
        files.judge(teams, attached)
    cards = [a for a in objects(attachments) if a.get("contentType") == ADAPTIVE]
    if cards and not activity.get("text") and not activity.get("summary"):
        teams.lint("card sent without summary: the notification banner says only 'Sent a card'")
    suggested = array(obj(activity.get("suggestedActions")).get("actions"))
    if len(suggested) > 6 or any(obj(a).get("type") not in CLICKS for a in suggested):
        teams.lint("suggestedActions: at most six, imBack only, personal chats only")


def _card(teams: FakeTeams, card: object) -> None:
    errors = judge_card(teams, card, "card")
    said = "; ".join(e.text for e in errors)[:500]
    if any(e.too_big for e in errors):
        raise ConnectorError(413, "MessageSizeTooBig", said)
    if errors:
        raise ConnectorError(400, "BadSyntax", said)


def judge_card(teams: FakeTeams, card: object, where: str) -> list[Problem]:
    """The errors for which a card is to be refused; all else is noted."""
    errors = []
    for problem in check_card(card, teams.limits, where):
        if problem.level == "error" and teams.strict:
            errors.append(problem)
        else:
            teams.lint(problem.text)
    return errors


def judge_answer(teams: FakeTeams, card: object, where: str) -> None:
    """A card in the answer to an invoke cannot be refused: its errors are lints."""
    for problem in judge_card(teams, card, where):
        teams.lint(problem.text)
