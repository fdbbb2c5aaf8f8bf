"""What holds for every test.

Rule 1. Property tests draw the same examples each time; `make soak` draws new ones.
Rule 2. A line of the pure layers is covered when a plain test of its own layer reaches it: not by a talk that comes
        past, nor by a drawn example. So the rest runs untraced, in less than half of the time.
Rule 3. What pytest holds of thousands of tests is not looked through for garbage again and again: that alone took
        two fifths of the time.
"""

from __future__ import annotations

import asyncio
import gc
import os
import shutil
import sys
import threading
from collections.abc import Generator, Iterator
from io import StringIO
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

from bot.observe import configure
from tests.runtime.making import new_store

TESTS = Path(__file__).parent
PURE = tuple(TESTS / layer for layer in ("core", "steps", "flow", "cases"))
SLOW_MACHINE = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("test", deadline=None, derandomize=True, database=None, suppress_health_check=SLOW_MACHINE)
settings.register_profile("soak", deadline=None, database=None, suppress_health_check=SLOW_MACHINE)
settings.load_profile("soak" if os.environ.get("BISTAND_SOAK") else "test")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Rule 2. `no_cover` of pytest-cov does not reach a test process that was started to share the work."""
    drawn = getattr(getattr(item, "obj", None), "is_hypothesis_test", False) or item.get_closest_marker("drawn")
    if not drawn and any(item.path.is_relative_to(layer) for layer in PURE):
        return (yield)
    here, elsewhere = sys.gettrace(), threading.gettrace()
    if not type(here).__module__.startswith("coverage"):
        return (yield)
    sys.settrace(None)
    threading.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(here)
        threading.settrace(elsewhere)


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new, empty store of the house, made once: copies of it spare each test the migrations."""
    return asyncio.run(new_store(tmp_path_factory.mktemp("empty-store")))


@pytest.fixture
def store_folder(empty_store: Path, tmp_path: Path) -> Path:
    """Where the test's own empty store lies."""
    return Path(shutil.copytree(empty_store, tmp_path / "house"))


@pytest.fixture
def log() -> Iterator[StringIO]:
    """What is logged, at debug level; without it a fault is drawn with all that stood around it, which takes seconds."""
    written = StringIO()
    configure("debug", written)
    yield written
    structlog.reset_defaults()
