"""Mail against a real mail server: under TLS, with a login, refused in every way; and with no word of a case in it."""

from __future__ import annotations

import asyncio
import re
import ssl
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TypedDict, Unpack

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.mail import MailChannel, Server
from adapters.mail.render import render
from adapters.mail.verdicts import of_code
from bot.core.ids import CaseId, Slot
from bot.core.languages import LANGUAGES
from bot.core.messages import Message
from bot.core.people import PersonId
from bot.errors import ChannelDown, Invariant, PersonUnreachable, PlatformError
from bot.runtime.clocks import MovableClock
from bot.runtime.owed import Alarm, Down, Nudge, Owed, Post
from tests.adapters.mail.servers import PASSWORD, USER, Postbox, certificate, client_side, mail_server, server_side
from tests.adapters.silence import silence
from tests.storage.making import messages

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
TO = "luis@example.org"
LINK = "https://chat.example.org/bistand"
OWED = Owed(
    id=7,
    key="c0ffee:12:3~mail",
    lane="mail:p1",
    case=CaseId("c0ffee"),
    slot=Slot("alert:1"),
    to=PersonId("p1"),
    platform="mail",
    wish=Nudge("en"),
    awaited=False,
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate(tmp_path_factory.mktemp("certificate"))


class ServerChange(TypedDict, total=False):
    tls: Literal["starttls", "implicit", "none"]
    username: str
    password: str
    link: str
    timeout: float
    trust: ssl.SSLContext


def server(port: int, **changes: Unpack[ServerChange]) -> Server:
    made = Server(host="127.0.0.1", port=port, sender="bistand@example.org", tls="none", link=LINK)
    return replace(made, **changes)


async def send(port: int, owed: Owed = OWED, **changes: Unpack[ServerChange]) -> str:
    return await MailChannel(server(port, **changes), MovableClock(NOW)).send(owed, TO, None, again=False)


async def refused(box: Postbox) -> PlatformError:
    async with mail_server(box) as port:
        with pytest.raises(PlatformError) as caught:
            await send(port)
    assert box.arrived == []
    return caught.value


# --- it arrives ----------------------------------------------------------------------------------------------------


async def test_a_mail_says_that_something_waits_and_nothing_of_what() -> None:
    box = Postbox()
    async with mail_server(box) as port:
        await send(port)
    (mail,) = box.arrived
    assert box.senders == ["bistand@example.org"]
    assert box.recipients == [[TO]]
    assert mail["Subject"] == "Bistand needs you"
    assert mail["From"] == "Bistand <bistand@example.org>"
    assert mail["To"] == TO
    assert mail["Date"] == "Mon, 23 Nov 2026 08:30:00 +0000"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail.get_content_type() == "text/plain"
    assert (
        mail.get_content().split()
        == (
            f"Something waits for you in Bistand. Please open it in your chat. {LINK} This mail says no more on purpose. "
            "Please do not answer it: nobody reads the answers."
        ).split()
    )
    assert not {"Disposition-Notification-To", "Return-Receipt-To", "Received", "X-Mailer"} & set(mail.keys())
    assert b"<img" not in box.raw[0]
    assert box.tls == [False]


async def test_it_is_in_the_persons_language() -> None:
    box = Postbox()
    async with mail_server(box) as port:
        await send(port, replace(OWED, wish=Nudge("da")), link="")
    (mail,) = box.arrived
    assert mail["Subject"] == "Bistand har brug for dig"
    assert mail["Content-Language"] == "da"
    assert "Åbn Bistand i din chat." in mail.get_content()
    assert "http" not in mail.get_content()


async def test_a_repeat_is_the_same_message() -> None:
    box = Postbox()
    async with mail_server(box) as port:
        names = [await send(port), await send(port), await send(port, replace(OWED, key="c0ffee:12:4~mail"))]
    assert [mail["Message-ID"] for mail in box.arrived] == names
    assert names[0] == names[1] != names[2]
    assert re.fullmatch(r"<[0-9a-f]{32}@example\.org>", names[0])


async def test_words_go_under_tls_that_the_server_is_asked_for(files: tuple[Path, Path]) -> None:
    box = Postbox()
    async with mail_server(box, starttls=server_side(files)) as port:
        await send(port, tls="starttls", trust=client_side(files))
    assert box.tls == [True]


async def test_words_go_under_tls_from_the_first_byte(files: tuple[Path, Path]) -> None:
    box = Postbox()
    async with mail_server(box, implicit=server_side(files)) as port:
        await send(port, tls="implicit", trust=client_side(files))
    assert box.tls == [True]


async def test_a_login_goes_under_tls(files: tuple[Path, Path]) -> None:
    box = Postbox()
    async with mail_server(box, starttls=server_side(files), login=True) as port:
        username, password = USER.decode(), PASSWORD.decode()
        await send(port, tls="starttls", trust=client_side(files), username=username, password=password)
    assert box.users == [True]


# --- it does not ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["550 5.1.1 No such user luis", "550 no", "551 moved", "553 5.1.3 bad address"])
async def test_a_mailbox_that_is_gone_is_the_persons(answer: str) -> None:
    error = await refused(Postbox(rcpt=answer))
    assert isinstance(error, PersonUnreachable)
    assert "luis" not in str(error)


@pytest.mark.parametrize(
    "box", [Postbox(rcpt="450 4.2.0 greylisted"), Postbox(rcpt="552 5.2.2 full"), Postbox(data="451 4.3.0 later")]
)
async def test_not_now_is_the_messages(box: Postbox) -> None:
    assert type(await refused(box)) is PlatformError


@pytest.mark.parametrize(
    ("box", "reason"),
    [
        (Postbox(rcpt="550 5.7.1 Relaying denied"), "refused"),
        (Postbox(rcpt="554 no"), "refused"),
        (Postbox(rcpt="421 4.3.2 going down"), "busy"),
        (Postbox(mail="550 5.7.1 who are you"), "sender_refused"),
        (Postbox(mail="451 later"), "busy"),
        (Postbox(data="554 5.6.0 not so"), "message_refused"),
    ],
)
async def test_what_concerns_everybody_is_the_channels(box: Postbox, reason: str) -> None:
    error = await refused(box)
    assert isinstance(error, ChannelDown)
    assert error.reason == reason


async def test_a_wrong_login_is_the_operators(files: tuple[Path, Path]) -> None:
    async with mail_server(Postbox(), starttls=server_side(files), login=True) as port:
        with pytest.raises(ChannelDown, match="login_refused"):
            await send(port, tls="starttls", trust=client_side(files), username="bistand", password="wrong")


async def test_a_server_that_is_gone() -> None:
    async with mail_server(Postbox()) as port:
        pass
    with pytest.raises(ChannelDown, match="unreachable"):
        await send(port)


async def test_a_server_without_tls_gets_nothing(files: tuple[Path, Path]) -> None:
    box = Postbox()
    async with mail_server(box) as port:
        with pytest.raises(ChannelDown, match="not_supported"):
            await send(port, tls="starttls", trust=client_side(files))
        with pytest.raises(ChannelDown):
            await send(port, tls="implicit", trust=client_side(files))
    assert box.arrived == []


@pytest.mark.parametrize("tls", ["starttls", "implicit"])
async def test_a_certificate_of_somebody_else_gets_nothing(
    files: tuple[Path, Path], tls: Literal["starttls", "implicit"]
) -> None:
    box = Postbox()
    side, later = server_side(files), tls == "starttls"
    async with mail_server(box, starttls=side if later else None, implicit=None if later else side) as port:
        with pytest.raises(ChannelDown, match="tls"):
            await send(port, tls=tls, trust=ssl.create_default_context())
    assert box.arrived == []


async def test_a_server_that_hangs_or_hangs_up() -> None:
    for hangs_up, reason in ((False, "timeout"), (True, "disconnected|unreachable")):
        async with silence(hangs_up=hangs_up) as port:
            with pytest.raises(ChannelDown, match=reason):
                await send(port, timeout=0.05)


@given(st.integers(400, 599), st.text(max_size=30))
def test_every_refusal_has_a_verdict_without_words(code: int, words: str) -> None:
    error = of_code(code, words, "refused")
    assert str(error) in {"mailbox", "refused", "busy", f"SMTP {code}"}


# --- what is in it -------------------------------------------------------------------------------------------------


@given(messages)
def test_a_message_never_goes_by_mail(message: Message) -> None:
    channel = MailChannel(server(1), MovableClock(NOW))
    with pytest.raises(Invariant):
        asyncio.run(channel.send(replace(OWED, wish=Post(message)), TO, None, again=False))


@given(st.text(min_size=1, max_size=40), st.sampled_from([*LANGUAGES, "xx"]))
def test_mails_differ_in_language_and_id_only(key: str, language: str) -> None:
    one = render(Nudge(language), key, TO, "bistand@example.org", LINK, NOW)
    other = render(Nudge(language), "another", TO, "bistand@example.org", LINK, NOW)
    assert one.get_content() == other.get_content()
    assert [(k, v) for k, v in one.items() if k != "Message-ID"] == [
        (k, v) for k, v in other.items() if k != "Message-ID"
    ]


#: What a mail would tell by holding it.
TELLING = (
    "case sag report henvendelse anmeld harass chikane incident hændelse threat trusse danger fare violen vold urgent "
    "haster critical kritisk level niveau employee medarbejder manager leder alert owner victim abuse krænk hr "
    "reference referencenummer playbook help hjælp emergency 112 escalat handle tag"
).split()


@pytest.mark.parametrize("language", list(LANGUAGES))
def test_no_word_tells_what_it_is_about(language: str) -> None:
    mail = render(Nudge(language), OWED.key, TO, "bistand@example.org", LINK, NOW)
    words = re.findall(r"\w+", f"{mail['Subject']} {mail.get_content()}".casefold())
    assert [word for word in words if any(word.startswith(telling) for telling in TELLING)] == []


# --- to operators --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "over", "subject", "said"),
    [
        ("en", None, "Slack takes no messages from Bistand", "Since 2026-11-23 08:30 UTC Slack has taken no messages"),
        ("da", None, "Slack tager ikke imod beskeder fra Bistand", "Siden 2026-11-23 08:30 UTC har Slack ikke taget"),
        ("en", NOW, "Slack takes messages from Bistand again", "Since 2026-11-23 08:30 UTC Slack has taken messages"),
        ("da", NOW, "Slack tager imod beskeder fra Bistand igen", "Siden 2026-11-23 08:30 UTC har Slack taget imod"),
        ("fr", None, "Slack takes no messages from Bistand", "The reason it gives: token_revoked."),
    ],
)
async def test_an_operator_is_told_of_an_outage_and_its_end(
    language: str, over: datetime | None, subject: str, said: str
) -> None:
    box = Postbox()
    alarm = Alarm("slack", Down(NOW, "token_revoked"), over)
    async with mail_server(box) as port:
        for _ in range(2):
            await MailChannel(server(port), MovableClock(NOW)).alarm(alarm, TO, language)
    mail, again = box.arrived
    assert mail["Subject"] == subject
    assert said in mail.get_content().replace("\n", " ")
    assert mail["Message-ID"] == again["Message-ID"]
    assert mail["Content-Language"] == (language if language == "da" else "en")


async def test_a_refused_alarm_is_a_verdict() -> None:
    box = Postbox()
    async with mail_server(box) as port:
        pass
    with pytest.raises(ChannelDown, match="unreachable"):
        await MailChannel(server(port), MovableClock(NOW)).alarm(Alarm("slack", Down(NOW, "timeout")), TO, "en")
