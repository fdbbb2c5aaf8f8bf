"""The simulator's door: a page of this machine with the token comes in, and nobody else."""

from __future__ import annotations

import asyncio
import json
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.adapters.web.making import OURS, Tab, opened


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "bistand.example.org"}, 403),
        ({"Host": "127.0.0.1:1"}, 403),
        ({"Host": "127.0.0.1.example.org:{port}"}, 403),
        ({"Origin": "https://example.org"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "null"}, 403),
        ({"X-Forwarded-For": "10.0.0.1"}, 403),
        ({"X-Forwarded-Host": "127.0.0.1"}, 403),
        ({"Forwarded": "for=10.0.0.1"}, 403),
        ({"Via": "1.1 proxy"}, 403),
        ({"X-Real-IP": "127.0.0.1"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
async def test_only_a_page_of_this_machine_comes_in(
    stack: AsyncExitStack, own: Settings, tmp_path: Path, headers: dict[str, str], status: int
) -> None:
    _, tab = await opened(stack, own, tmp_path)
    port = tab.address.split(":")[2].split("/")[0]
    sent = {name: value.replace("{port}", port) for name, value in headers.items()}
    for path in ("", "events", "static/app.js", "flow/report"):
        async with tab.session.get(tab.address + path, headers=sent) as response:
            assert response.status == status, path
    body = {"id": "x", "person": tab.person("Ana"), "kind": "said", "text": "hello"}
    async with tab.session.post(f"{tab.address}do/act", json=body, headers={**OURS, **sent}) as response:
        assert response.status == status
    assert bool(tab.chats.get(tab.person("Ana"))) == (status == 200)


async def test_without_the_token_there_is_nothing(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    _, tab = await opened(stack, own, tmp_path)
    base = "/".join(tab.address.split("/")[:3])
    for path in ("/", "/wrong/", "/wrong/events", "/wrong/static/app.js", "/static/app.js", "//", "/wrong/flow/report"):
        async with tab.session.get(base + path) as response:
            assert response.status == 404, path
            assert "Bistand" not in await response.text()
    async with tab.session.post(f"{base}/wrong/do/restart", json={"id": "x"}, headers=OURS) as response:
        assert response.status == 404


ODD = (b"%ED%A0%80", b"%FF%FE", b"\xed\xa0\x80", b"\xff", b"%00", b"%", b"%C3%B8", b"\xc3\xb8", b"%u1234")


async def test_odd_bytes_are_a_wrong_token(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    _, tab = await opened(stack, own, tmp_path)
    token = tab.address.split("/")[3].encode()
    for odd in ODD:
        for path in (b"/%b/", b"/%b/static/app.js", b"/%b/flow/report"):
            assert await status_of(tab, path % odd) in (400, 403, 404), odd  # 400: no HTTP at all
        for path in (b"/flow/%b", b"/flow/report?structure=%b", b"/static/%b", b"/flow/report?lang=%b"):
            assert await status_of(tab, b"/" + token + path % odd) < 500, (path, odd)


async def status_of(tab: Tab, target: bytes) -> int:
    """The answer to a request that no HTTP client would write."""
    host = tab.address.split("/")[2]
    reader, writer = await asyncio.open_connection("127.0.0.1", int(host.split(":")[1]))
    writer.write(b"GET %b HTTP/1.1\r\nHost: %b\r\nConnection: close\r\n\r\n" % (target, host.encode()))
    status = int((await reader.readline()).split()[1])
    writer.close()
    await writer.wait_closed()
    return status


async def test_a_form_of_another_site_can_do_nothing(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    _, tab = await opened(stack, own, tmp_path)
    sent = json.dumps({"id": "x", "person": tab.person("Ana"), "kind": "said", "text": "hi"}).encode()
    async with tab.session.post(f"{tab.address}do/act", data=sent, headers={"Content-Type": "text/plain"}) as response:
        assert response.status == 403
    for method in ("PUT", "DELETE", "OPTIONS"):
        async with tab.session.request(method, f"{tab.address}do/act", headers=OURS) as response:
            assert response.status in (403, 404, 405)


async def test_every_answer_is_hardened(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    _, tab = await opened(stack, own, tmp_path)
    for path in ("", "static/app.js", "static/none.js", "do/act", "flow/none"):
        async with tab.session.get(tab.address + path) as response:
            assert "default-src 'none'" in response.headers["Content-Security-Policy"], path
            assert "unsafe" not in response.headers["Content-Security-Policy"]
            assert response.headers["Cache-Control"] == "no-store"
            assert "Access-Control-Allow-Origin" not in response.headers


async def test_rubbish_is_refused_in_the_pages_language(stack: AsyncExitStack, own: Settings, tmp_path: Path) -> None:
    _, tab = await opened(stack, own, tmp_path)
    for body in (b"", b"{}", b'{"id": "x"}', json.dumps({"id": "x", "person": "nobody", "kind": "said", "text": "a"})):
        async with tab.session.post(f"{tab.address}do/act?lang=da", data=body, headers=OURS) as response:
            assert response.status == 400
            assert "Genindlæs" in (await response.json())["error"]
