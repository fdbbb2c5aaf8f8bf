"""What a person's event wants of the case that it names, so that the store can ask the table. Pure.

Rule 1. A button of a talk wants to talk; a button of the case wants just what stands on it.
Rule 2. What stands on no button wants no more than to see that the case is there.
"""

from __future__ import annotations

from bot.cases import alerts, drafts, identity, sharing, sights
from bot.cases.permissions import Action, Asked
from bot.core.events import Chose, Commanded, Left, Opened, PersonEvent, Submitted
from bot.core.ids import Token
from bot.core.people import People

#: The step of the buttons that begin a flow.
START = "start"

Pressed = Chose | Opened | Submitted | Commanded | Left


def wants(token: Token, options: tuple[str, ...]) -> Action:
    """What a press wants to do."""
    if token.session is not None:
        return Action.TALK
    match token.step, options:
        case (step, _) if step == START:
            return Action.TALK
        case (alerts.ALERT, (alerts.TAKE,)):
            return Action.TAKE
        case (alerts.ALERT, (alerts.DECLINE,)):
            return Action.DECLINE
        case (alerts.FALLBACK, (alerts.NOTED,)):
            return Action.NOTE_FALLBACK
        case (alerts.PAGE, (alerts.TAKE_CALL,)):
            return Action.TAKE_CALL
        case (alerts.ASK_MORE | alerts.HANDING, _):
            return Action.WIDEN
        case (sharing.SURE_NOBODY, (sharing.TAKE_BACK,)):
            return Action.WITHDRAW
        case (sharing.SURE_NOBODY | sights.SHARING | alerts.NAME_ASKED, _):
            return Action.CHANGE_CONSENT
        case (sights.NAME | identity.NAME_FORM | alerts.AGREE, _):
            return Action.ASK_NAME
        case (drafts.DRAFT, _):
            return Action.TALK
        case _:
            return Action.SEE_CASE


def for_press(event: PersonEvent, token: Token, people: People) -> Asked:
    """The warrant of a press."""
    options = event.options if isinstance(event, Chose) else ()
    return Asked(event.person, wants(token, options), people)


def for_talk(event: PersonEvent, people: People) -> Asked:
    """The warrant of whatever a person says in an own talk."""
    return Asked(event.person, Action.TALK, people)
