"""`bistand` as people call it: what it prints, and with which code it ends."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot import __version__
from bot.cli.admin import admin
from bot.runtime.owed import Down
from bot.settings import load
from storage import migrate
from tests.cli.conftest import Called
from tests.runtime.making import ROOT


def bistand(*words: str, folder: Path = ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environment(more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def environment(more: Mapping[str, str]) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("BISTAND_", "COV_"))}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def own_folder(folder: Path, port: int) -> Path:
    """A folder of an operator's own."""
    (folder / "flows").symlink_to(ROOT / "flows")
    (folder / "people.sample.yaml").symlink_to(ROOT / "people.sample.yaml")
    text = (ROOT / "app.yaml").read_text(encoding="utf-8")
    (folder / "app.yaml").write_text(text.replace("admin_port: 8081", f"admin_port: {port}"), encoding="utf-8")
    return folder


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_the_version() -> None:
    """`version` prints it."""
    done = bistand("version")
    assert (done.returncode, done.stdout) == (0, f"bistand {__version__}\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nope",), "No such command"),
        (("flows", "check", "--explain", "no-such-rule"), "there is no rule 'no-such-rule'"),
        (("run", "--config", "nowhere.yaml"), "nowhere.yaml"),
        (("flows", "translate", "nope", "da"), "there is no flow 'nope'"),
        (("flows", "test", "nowhere.txt"), "nowhere.txt"),
    ],
)
def test_a_slip_is_told_in_one_line(call: Called, words: tuple[str, ...], said: str) -> None:
    """A person's mistake ends with 2 and a line, never with a traceback."""
    code, _, told = call(*words)
    assert code == 2
    assert said in told
    assert "Traceback" not in told
    assert len(told.strip().splitlines()) == 1


def test_a_fault_of_ours_names_places_only(call: Called, monkeypatch: pytest.MonkeyPatch) -> None:
    """What somebody wrote may stand in an error: it is not printed."""

    def fails(*_: object) -> None:
        raise RuntimeError("a secret")

    monkeypatch.setattr(migrate, "upgrade", fails)
    code, out, told = call("db", "upgrade")
    assert code == 70
    assert "a fault of ours (RuntimeError at" in told
    assert "secret" not in out + told


def test_a_broken_flow_ends_with_one_and_its_places(call: Called, tmp_path: Path) -> None:
    """`flows check` shows every problem with its place, and ends with 1."""
    (tmp_path / "talk.yaml").write_text("bistand: 1\nflow: talk\ntitle: Talk\nsteps:\n- sya: Hi\n", encoding="utf-8")
    code, out, _ = call("flows", "check", str(tmp_path))
    assert code == 1
    assert 'talk.yaml:5:3: "sya:" is no verb. Did you mean "say"?  [no-verb]' in out


def test_flows_without_the_country_pack_are_not_well(call: Called, tmp_path: Path) -> None:
    own_folder(tmp_path, 8081)
    (tmp_path / "flows").unlink()
    shutil.copytree(ROOT / "flows", tmp_path / "flows", ignore=shutil.ignore_patterns("country", "tests"))
    for words in (("flows", "check"), ("doctor",)):
        _, out, err = call(*words, folder=tmp_path)
        assert "country/dk.yaml is missing: it has the emergency number" in (out + err).replace("\n", " ")
        assert "flows are well" not in out


def test_the_schema_is_json(call: Called) -> None:
    """`flows schema` prints what editors read."""
    assert json.loads(call("flows", "schema")[1])["title"]


def test_a_real_platform_needs_a_real_key(call: Called, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With Slack configured the bot refuses to start on a development key."""
    monkeypatch.setenv("BISTAND_SLACK__BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("BISTAND_SLACK__APP_TOKEN", "xapp-1")
    code, _, told = call("run", folder=own_folder(tmp_path, free_port()))
    assert code == 2
    assert "storage.key is missing" in told
    assert not (tmp_path / "var").exists()


def test_run_serves_its_health_and_ends_in_peace(tmp_path: Path) -> None:
    """SIGTERM ends a running bot with 0; its key file is for its owner only, and lies outside the code."""
    port = free_port()
    folder = own_folder(tmp_path, port)
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], cwd=folder, env=environment({}), stderr=subprocess.PIPE, text=True
    )
    assert running.stderr is not None
    started = running.stderr.readline()
    assert "started" in started
    assert "nobody_can_write" in running.stderr.readline()  # there is no platform
    for path in ("healthz", "readyz"):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=10) as answer:
            assert json.load(answer) == {"status": "ok"}
    running.send_signal(signal.SIGTERM)
    _, rest = running.communicate(timeout=20)
    assert running.returncode == 0, rest
    assert (folder / "var/development.key").stat().st_mode & 0o777 == 0o600


async def test_readiness_is_red_while_a_chat_is_down_and_names_it() -> None:
    since = datetime(2026, 11, 23, 8, tzinfo=UTC)
    down: dict[str, Down] = {}
    settings = load(None, {"BISTAND_HTTP__ADMIN_PORT": "0"})
    runner = await admin(settings, lambda: down)

    async def ready() -> tuple[int, object]:
        port = runner.addresses[0][1]
        async with ClientSession() as session, session.get(f"http://127.0.0.1:{port}/readyz") as answer:
            return answer.status, await answer.json()

    try:
        assert await ready() == (200, {"status": "ok"})
        told = {"since": "2026-11-23T08:00:00+00:00", "reason": "timeout"}
        down["mail"] = Down(since, "timeout")
        assert await ready() == (200, {"status": "ok", "down": {"mail": told}})
        down["slack"] = Down(since, "timeout")
        assert await ready() == (503, {"status": "down", "down": {"mail": told, "slack": told}})
    finally:
        await runner.cleanup()


def test_a_check_with_a_real_platform_asks_for_a_way_beside_the_chat(
    call: Called, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    code, out, _ = call("flows", "check")
    assert code == 0
    assert out.splitlines()[0].endswith(" flows are well.")  # and then what is only in doubt
    monkeypatch.setenv("BISTAND_SLACK__BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("BISTAND_SLACK__APP_TOKEN", "xapp-1")
    code, out, err = call("flows", "check")
    assert code == 2
    assert "report.yaml:" in out
    assert "[page-without-way]" in out
    assert "the ladder would end in chat" in err
    monkeypatch.setenv("BISTAND_PAGER__URL", "https://pager.example.org/hook")
    monkeypatch.setenv("BISTAND_PAGER__SECRET", "a secret of sixteen")
    assert call("flows", "check")[0] == 0


def test_a_second_bot_is_kept_out(call: Called, tmp_path: Path) -> None:
    """One database has one bot: the second is told so."""
    folder = own_folder(tmp_path, free_port())
    running = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], cwd=folder, env=environment({}), stderr=subprocess.PIPE, text=True
    )
    assert running.stderr is not None
    assert "started" in running.stderr.readline()
    code, _, told = call("run", folder=folder)
    running.send_signal(signal.SIGTERM)
    running.communicate(timeout=20)
    assert code == 2
    assert len(told.strip().splitlines()) == 1


def test_publish_upgrade_and_a_saved_talk(call: Called, tmp_path: Path) -> None:
    """Flows are published, the database is brought up to date, and a talk that was played replays as a test."""
    folder = own_folder(tmp_path, free_port())
    assert "Published: " in call("flows", "publish", folder=folder)[1]
    assert "Nothing has changed" in call("flows", "publish", folder=folder)[1]
    assert "up to date" in call("db", "upgrade", folder=folder)[1]
    said = "report\nno\n2\nskip\n/restart\n/case\n/quit\n"
    played = subprocess.run(
        [sys.executable, "-m", "bot", "play", "--terminal", "--as", "ana", "--save", "talk.txt"],
        cwd=folder,
        env=environment({}),
        input=said,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert played.returncode == 0, played.stderr
    assert "You have a right to tell about this" in played.stdout
    assert "the bot was killed and has started again" in played.stdout
    code, replayed, _ = call("flows", "test", "talk.txt", folder=folder)
    assert code == 0, replayed


def test_a_short_command_is_quick() -> None:
    """What serves and what stores is loaded by the commands that need it: reading takes no second."""
    code = "import sys, bot.cli; print(*{'sqlalchemy', 'alembic', 'aiohttp'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment({}), check=True)
    assert done.stdout.strip() == ""
