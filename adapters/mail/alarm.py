"""That a chat is down, or up again, as a mail to an operator: kinds and times, nothing of a case. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage

from adapters.mail.render import compose
from bot.runtime.owed import Alarm

#: Platforms as people call them.
NAMES = {"slack": "Slack", "teams": "Teams", "pager": "Pager"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """{platform}, {reason} (a kind), {since} and {over} (UTC)."""

    down: str
    what: str
    lost: str
    look: str
    up: str
    again: str


WORDS = {
    "en": Words(
        down="{platform} takes no messages from Bistand",
        what="Since {since} UTC {platform} has taken no messages from Bistand. The reason it gives: {reason}.",
        lost="Nothing is lost: what is owed waits, and goes out by itself as soon as it can. Meanwhile alerts go by "
        "mail or pager, where those are set up.",
        look="Please run `bistand doctor` where Bistand runs. It says what is wrong, and how to mend it.",
        up="{platform} takes messages from Bistand again",
        again="Since {over} UTC {platform} has taken messages again. What waited is on its way. You need not do "
        "anything.",
    ),
    "da": Words(
        down="{platform} tager ikke imod beskeder fra Bistand",
        what="Siden {since} UTC har {platform} ikke taget imod beskeder fra Bistand. Den grund, det giver: {reason}.",
        lost="Intet er gået tabt: Det, der skal sendes, venter og bliver sendt af sig selv, så snart det kan. Imens "
        "går advarsler med mail eller personsøger, hvis de er sat op.",
        look="Kør `bistand doctor` dér, hvor Bistand kører. Så ser du, hvad der er galt, og hvordan det rettes.",
        up="{platform} tager imod beskeder fra Bistand igen",
        again="Siden {over} UTC har {platform} taget imod beskeder igen. Det, der ventede, er på vej. "
        "Du skal ikke gøre noget.",
    ),
}


def render_alarm(alarm: Alarm, to: str, language: str, sender: str, at: datetime) -> EmailMessage:
    """The mail to one operator; `at` is UTC. The same alarm is the same mail."""
    code = language if language in WORDS else "en"
    said, over = WORDS[code], alarm.over
    values = {
        "platform": NAMES.get(alarm.platform, alarm.platform),
        "reason": alarm.down.reason,
        "since": _time(alarm.down.since),
        "over": _time(over) if over is not None else "",
    }
    subject, parts = (said.down, (said.what, said.lost, said.look)) if over is None else (said.up, (said.again,))
    key = f"alarm:{alarm.platform}:{alarm.down.since.isoformat()}:{over is not None}:{to}"
    filled = tuple(part.format(**values) for part in parts)
    return compose(key, to, sender, at, code, subject.format(**values), filled)


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
