"""What the linters cannot see: purity, budgets, docstrings. `make check` holds the layers.

Rule 1. Below `bot.runtime` nothing asks the clock, throws dice, reads files or the environment: a turn is the same in
        the simulator, in a transcript and in production.
Rule 2. `bot.core` knows the standard library, pydantic and Babel.
Rule 3. A file holds one idea in at most 300 lines, a function one step in at most 60 (aim at 40).
Rule 4. Only the command line and the terminal print.
Rule 5. Every module says what it is for.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CODE = tuple(sorted(path for top in ("bot", "adapters", "storage") for path in (ROOT / top).rglob("*.py")))
PURE = ("bot/core/", "bot/steps/", "bot/flow/", "bot/cases/")
PRINTS = ("bot/cli.py", "bot/cli/", "adapters/terminal/", "adapters/terminal.py")

IMPURE_MODULES = frozenset({"asyncio", "concurrent", "contextvars", "getpass", "logging", "multiprocessing", "os"})
IMPURE_MODULES |= {
    "platform",
    "queue",
    "random",
    "secrets",
    "select",
    "shutil",
    "signal",
    "smtplib",
    "socket",
    "sqlite3",
}
IMPURE_MODULES |= {"ssl", "subprocess", "tempfile", "threading", "time", "urllib.request", "http.client"}
IMPURE_CALLS = frozenset({"open", "input", "print", "eval", "exec", "__import__", "breakpoint"})
IMPURE_METHODS = frozenset({"now", "utcnow", "today", "uuid1", "uuid4", "read_text", "read_bytes", "write_text"})
IMPURE_METHODS |= {"write_bytes", "iterdir", "rglob", "is_file", "is_dir", "mkdir", "unlink"}

MAX_LINES = 300
MAX_FUNCTION = 60


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), name(path))


def imports(module: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and dotted name of each imported module."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or "."


def impurities(module: ast.AST) -> Iterator[str]:
    """`line: what` for each thing that a pure module must not do."""
    for line, module_name in imports(module):
        if {module_name, module_name.split(".")[0]} & IMPURE_MODULES:
            yield f"{line}: imports {module_name}"
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Name(id=called)) if called in IMPURE_CALLS:
                yield f"{node.lineno}: calls {called}()"
            case ast.Call(func=ast.Attribute(attr=called)) if called in IMPURE_METHODS:
                yield f"{node.lineno}: calls .{called}()"
            case ast.ImportFrom(module="uuid", names=names):
                yield from (f"{node.lineno}: imports {n.name}" for n in names if n.name in IMPURE_METHODS)
            case ast.AsyncFunctionDef() | ast.Await():
                yield f"{node.lineno}: is asynchronous"
            case _:
                pass


def functions(module: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring."""
    total = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        total -= (first.end_lineno or first.lineno) - first.lineno + 1
    return total


def pure() -> list[Path]:
    return [path for path in CODE if name(path).startswith(PURE)]


def test_there_is_code_to_look_at() -> None:
    assert {name(path).split("/")[0] for path in CODE} == {"bot", "adapters", "storage"}
    assert {"/".join(name(path).split("/")[:2]) + "/" for path in pure()} == set(PURE)


def test_below_the_runtime_all_is_pure() -> None:
    assert [f"{name(path)}:{found}" for path in pure() for found in impurities(tree(path))] == []


@pytest.mark.parametrize(
    "line",
    [
        "datetime.now(UTC)",
        "datetime.utcnow()",
        "date.today()",
        "import time\ntime.time()",
        "from time import monotonic",
        "uuid.uuid4()",
        "from uuid import uuid4",
        "import random",
        "from secrets import token_hex",
        "open('x')",
        "Path('x').read_text()",
        "import os\nos.environ['X']",
        "from os import environ",
        "import asyncio",
        "async def f(): ...",
        "import logging",
        "print('x')",
    ],
)
def test_what_is_not_pure_is_seen(line: str) -> None:
    """The look-out itself, tried on what it must see."""
    assert list(impurities(ast.parse(line)))


@pytest.mark.parametrize("line", ["facts.now", "re.compile('x')", "from urllib.parse import urlsplit", "time(8, 0)"])
def test_what_is_pure_is_let_be(line: str) -> None:
    assert not list(impurities(ast.parse(line)))


def test_the_core_knows_little() -> None:
    known = sys.stdlib_module_names | {"bot", "pydantic", "babel"}
    core = [path for path in pure() if name(path).startswith("bot/core/")]
    strangers = [
        f"{name(path)}:{line}: {top}"
        for path in core
        for line, top in imports(tree(path))
        if top.split(".")[0] not in known
    ]
    assert strangers == []


def test_files_keep_to_their_budget() -> None:
    counted = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in CODE}
    assert {file: lines for file, lines in counted.items() if lines > MAX_LINES} == {}


def test_functions_keep_to_their_budget() -> None:
    long = [
        f"{name(p)}:{f.lineno} {f.name}: {length(f)}"
        for p in CODE
        for f in functions(tree(p))
        if length(f) > MAX_FUNCTION
    ]
    assert long == []


def test_only_the_terminal_prints() -> None:
    quiet = [path for path in CODE if not name(path).startswith(PRINTS)]
    calls = [(path, node) for path in quiet for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    assert [f"{name(p)}:{c.lineno}" for p, c in calls if isinstance(c.func, ast.Name) and c.func.id == "print"] == []


def test_every_module_says_what_it_is_for() -> None:
    """An empty `__init__.py` holds nothing to speak of."""
    assert [name(path) for path in CODE if tree(path).body and not ast.get_docstring(tree(path))] == []
