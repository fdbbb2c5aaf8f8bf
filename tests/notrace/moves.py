"""What a person can do: words, buttons and forms, files; and what somebody can forge who holds the ids of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from bot.core.answers import FileRef
from bot.core.events import (
    Chose,
    Command,
    Commanded,
    Left,
    Opened,
    PersonEvent,
    Said,
    Started,
    Submitted,
    Uploaded,
)
from bot.core.ids import SessionId, Token
from bot.core.languages import LANGUAGES
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.flow.model import Flows
from bot.runtime import warrants
from bot.simulation.screens import PLATFORM
from bot.simulation.stage import Stage
from tests.notrace.pair import Move
from tests.notrace.secret import Secret
from tests.runtime.talks import REPORT


def words(flows: Flows) -> tuple[str, ...]:
    """Every command in every language, once; every start word; words that are none."""
    spoken = tuple(LANGUAGES.values())
    commands = [one.words[command][0] for one in spoken for command in Command]
    labels = [label for one in spoken for label in (one.alert_take, one.alert_decline, one.name)]
    starts = [word for flow in flows.in_order() for word in flow.start.words]
    return (*dict.fromkeys((*commands, *labels, *starts)), "hello", "is there a case about me?", "1", "no")


#: A report of the person's own, and an answer or two more: files that are wanted, files that are not.
OWN = (*REPORT, "(file late.png)", "who can see this?", "change who may know", "my cases", "[Open]", "read")
#: What can be pressed wherever one is in a talk.
PRESSES = ("[Open]", "[Read the report]", "[Done]", "[Gjort]", "[Later]", "[Back]", "[Open form]", "{name: x}")


def _event(made: Callable[..., PersonEvent], *rest: object) -> Move:
    async def move(stage: Stage, person: PersonId) -> object:
        stage.count += 1
        event = made(f"simulation:{stage.count}", stage.clock.now(), person, PLATFORM, *rest)
        return await stage.take(event)

    return move


def _resent(move: Move) -> Move:
    """Platforms send again what they sent."""

    async def twice(stage: Stage, person: PersonId) -> object:
        first = await move(stage, person)
        stage.count -= 1
        return first, await move(stage, person)

    return twice


def forged(secret: Secret, flows: Flows) -> Iterator[tuple[str, Move]]:
    """Every kind of button and form that there is, as of this case, and of each talk that anybody had in it."""
    for name, token, options in buttons(secret, flows):
        yield f"{name} {options}", _event(Chose, token, options)
    for name, token in forms(secret):
        yield f"open {name}", _resent(_event(Opened, token))
        yield f"send {name}", _event(Submitted, token, {"who": ("hr",), "reason": ("why not",), "story": ("x",)})
        yield f"leave {name}", _event(Left, token)
        yield f"command {name}", _event(Commanded, Command.READ, token)
    talk = secret.talk
    file = FileRef("f1", "a.png", 3, "image/png", "0" * 64)
    yield "a file for the talk", _resent(_event(Uploaded, (file,), talk))
    yield "words for the talk", _resent(_event(Said, "hello", talk))
    yield "a start, sent again", _resent(_event(Started, "report"))


def buttons(secret: Secret, flows: Flows) -> Iterator[tuple[str, Token, tuple[str, ...]]]:
    case = Token(secret.case, None, "", 3)
    for step, option in warrants.BY_BUTTON:
        yield step, replace(case, step=step), (option,)
    for step in warrants.BY_STEP:
        yield step, replace(case, step=step), ("yes",)
    offered = sorted(flow.name for flow in flows.in_order() if flow.start.button is not None)
    for option in (*warrants.ON_CARD, *offered):
        yield warrants.CARD, replace(case, step=warrants.CARD), (option,)
    for message in shown(secret):
        assert message.token is not None
        for choice in message.choices[:1]:
            yield message.token.step, message.token, (choice.id,)


def shown(secret: Secret) -> list[Message]:
    """One message of the case for each step that had one."""
    return list({m.token.step: m for m in secret.messages() if m.token is not None}.values())


def forms(secret: Secret) -> Iterator[tuple[str, Token]]:
    tokens = {m.token.step: m.token for m in secret.messages() if m.token is not None and m.form is not None}
    yield from tokens.items()
    for step in ("sharing", "name_form", "no_such_step"):
        yield step, Token(secret.case, None, step, 1)


def mixed(secret: Secret) -> tuple[tuple[str, Move], ...]:
    """The person's own newest button, with the case, the talk or the answer of the other case put in."""

    def of_own(change: Callable[[Token], tuple[Token, tuple[str, ...]]]) -> Move:
        async def move(stage: Stage, person: PersonId) -> object:
            own = next((m.token for m in stage.screen(person) if m.token is not None), None)
            if own is None:
                return "nothing to press"
            return await _event(Chose, *change(own))(stage, person)

        return move

    talk: SessionId = secret.talk
    return (
        ("its case", of_own(lambda own: (replace(own, case=secret.case), ("yes",)))),
        ("its talk", of_own(lambda own: (replace(own, session=talk), ("yes",)))),
        ("its talk as the answer", of_own(lambda own: (own, (talk,)))),
        ("its case as the answer", of_own(lambda own: (own, (secret.case,)))),
    )
