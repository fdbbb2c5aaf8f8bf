"""What a person's event wants of the case that it names, so that the store can ask the table. Pure.

Rule 1. A button of a talk wants to talk; a button of the case wants just what stands on it.
Rule 2. What stands on no button wants no more than to see that the case is there.
"""

from __future__ import annotations

from bot.cases import alerts, closing, drafts, identity, reading, sharing, sights
from bot.cases.permissions import Action, Asked
from bot.core.events import Chose, Commanded, Left, Opened, PersonEvent, Submitted
from bot.core.ids import Token
from bot.core.people import People
from bot.flow.tell import WHICH_LANGUAGE

#: The step of the buttons that begin a flow, and of those on a case's card.
START, CARD, OPEN = "start", alerts.CARD, alerts.OPEN
TAKE, DECLINE, READ, WHO, GO_ON, WITHDRAW = "/take", "/decline", "/read", "/who", "/go_on", "/withdraw"
#: What the card's own buttons want; the others each begin the flow of their name, which has no slash.
ON_CARD = {
    OPEN: Action.SEE_CASE,
    READ: Action.READ,
    WHO: Action.TALK,
    GO_ON: Action.TALK,
    WITHDRAW: Action.WITHDRAW,
    TAKE: Action.TAKE,
    DECLINE: Action.DECLINE,
}

#: What the buttons of the case's own messages want, one by one; then those of which all of a message want the same.
BY_BUTTON = {
    (alerts.ALERT, alerts.TAKE): Action.TAKE,
    (alerts.ALERT, alerts.DECLINE): Action.DECLINE,
    (alerts.FALLBACK, alerts.NOTED): Action.NOTE_FALLBACK,
    (alerts.PAGE, alerts.TAKE_CALL): Action.TAKE_CALL,
    (sharing.SURE_NOBODY, sharing.TAKE_BACK): Action.WITHDRAW,
    (alerts.READER, reading.READ): Action.READ,
    (closing.CLOSED, closing.NOT_OVER): Action.REOPEN,
}
BY_STEP = {
    START: Action.TALK,
    WHICH_LANGUAGE: Action.TALK,
    drafts.DRAFT: Action.TALK,
    alerts.ASK_MORE: Action.WIDEN,
    alerts.HANDING: Action.WIDEN,
    sharing.SURE_NOBODY: Action.CHANGE_CONSENT,
    sights.SHARING: Action.CHANGE_CONSENT,
    alerts.NAME_ASKED: Action.CHANGE_CONSENT,
    alerts.MAY_READ: Action.CHANGE_CONSENT,
    sights.NAME: Action.ASK_NAME,
    identity.NAME_FORM: Action.ASK_NAME,
    alerts.AGREE: Action.ASK_NAME,
}

Pressed = Chose | Opened | Submitted | Commanded | Left


def wants(token: Token, options: tuple[str, ...]) -> Action:
    """What a press wants to do."""
    if token.session is not None:
        return Action.TALK
    option = options[0] if len(options) == 1 else ""
    if token.step == CARD and option:
        return ON_CARD.get(option, Action.ACT)
    return BY_BUTTON.get((token.step, option), BY_STEP.get(token.step, Action.SEE_CASE))


def for_press(event: PersonEvent, token: Token, people: People) -> Asked:
    """The warrant of a press."""
    options = event.options if isinstance(event, Chose) else ()
    return Asked(event.person, wants(token, options), people)


def for_talk(event: PersonEvent, people: People) -> Asked:
    """The warrant of whatever a person says in an own talk."""
    return Asked(event.person, Action.TALK, people)
