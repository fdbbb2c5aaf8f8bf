"""Files that were told: whoever may read the answer opens them, and nobody else learns that there are any."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import quote

from bot.settings import Settings
from tests.adapters.web.making import OURS, Tab, opened

PNG = b"\x89PNG\r\n\x1a\n and more"


async def told(tab: Tab) -> list[dict[str, str]]:
    """Ana's report of Kim with a picture and a text, that Luis takes; the files as he reads of them."""
    await tab.act(tab.person("Ana"), "started", flow="report")
    for label in ("No", "Tell what has happened and get help", "It is about me", "A colleague"):
        await tab.press("Ana", label)
    for option in (tab.person("Kim"), "manager"):
        token = tab.shown("Ana")[-1]["token"]
        await tab.act(tab.person("Ana"), "chose", token=token, options=[option])
    form = tab.shown("Ana")[-1]
    await tab.act(tab.person("Ana"), "submitted", token=form["token"], values={"kinds": ["threat"]})
    for number, (name, kind, data) in enumerate(
        (("trussel \u00e6.png", "image/png", PNG), ("log.txt", "text/plain", b"<script>alert(1)</script>"))
    ):
        url = f"{tab.address}do/file?person={tab.person('Ana')}&id=f-{number}"
        sent = {**OURS, "X-Name": quote(name), "Content-Type": kind}
        assert (await (await tab.session.post(url, data=data, headers=sent)).json())["kind"] == "nothing"
    await tab.say("Ana", "that is all")
    for _ in range(12):
        if any(choice["id"] == "confirm" for item in tab.shown("Ana") for choice in item.get("choices", [])):
            break
        await tab.say("Ana", "skip")
    await tab.press("Ana", "Yes, send it")
    await tab.until(lambda: tab.shown("Luis"))
    await tab.press("Luis", "I will take this")
    reply = await tab.say("Luis", "read")
    assert reply["kind"] == "show"
    return [file for fact in reply["facts"] for file in fact["files"]]


async def test_whoever_may_read_opens_them(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    _, tab = await opened(stack, own, tmp_path)
    picture, text = await told(tab)
    assert (picture["name"], picture["type"], text["name"]) == ("trussel \u00e6.png", "image/png", "log.txt")

    async def open_(file: dict[str, str], first: str) -> tuple[int, bytes, dict[str, str]]:
        url = f"{tab.address}file/{file['case']}/{file['id']}?person={tab.person(first)}"
        async with tab.session.get(url) as response:
            return response.status, await response.read(), dict(response.headers)

    for reader in ("Luis", "Ana"):
        status, data, headers = await open_(picture, reader)
        assert (status, data, headers["Content-Type"]) == (200, PNG, "image/png")
        assert headers["Content-Disposition"] == "inline; filename*=UTF-8''trussel%20%C3%A6.png"
        assert headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert headers["X-Content-Type-Options"] == "nosniff"
    status, data, headers = await open_(text, "Luis")
    assert (status, headers["Content-Type"]) == (200, "application/octet-stream")
    assert headers["Content-Disposition"].startswith("attachment; ")

    never = {"case": picture["case"], "id": "0" * 16}
    nowhere = {"case": "no-such-case", "id": picture["id"]}
    absent = await open_(never, "Luis")
    assert absent[0] == 404
    # Kim is left out of the case, Hanne and Bo were never in it
    for file, reader in ((picture, "Kim"), (picture, "Hanne"), (picture, "Bo"), (nowhere, "Luis"), (never, "Ana")):
        refused = await open_(file, reader)
        assert refused[:2] == absent[:2]
    async with tab.session.get(f"{tab.address}file/{picture['case']}/{picture['id']}?person=nobody") as response:
        assert response.status == 404
