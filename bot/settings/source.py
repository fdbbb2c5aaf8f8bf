"""Where settings come from: the YAML file, with lines, and the environment laid over it.

Rule 1. Every value is text, so that `no`, `08:00` and `0` stay as written; each key reads its own.
Rule 2. A key without a value, and an empty variable, are not set.
Rule 3. Of the environment only names with `__` are settings (Kubernetes sets BISTAND_PORT and its like by itself), but
        a setting's name with one `_` for the two is surely meant, and said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from bot.errors import SettingsError

PREFIX = "BISTAND_"

Tree = dict[str, object]
Where = tuple[str, ...]


@dataclass(slots=True)
class Source:
    """What was set, and where: `lines` are 1-based lines of the file, `names` the variables of the environment."""

    file: str = ""
    values: Tree = field(default_factory=dict)
    lines: dict[Where, int] = field(default_factory=dict)
    names: dict[Where, str] = field(default_factory=dict)

    def place(self, key: Where) -> str:
        """Where a key was set, or else the nearest section above it: `app.yaml:12`, `BISTAND_HTTP__PORT`."""
        name, line = self._name(key), self._line(key)
        return name or (f"{self.file}:{line}" if line else self.file or "settings")

    def order(self, key: Where) -> tuple[int, int]:
        """The order in which a person reads: the file from its top, then the environment."""
        name = self._name(key)
        return (1, list(self.names.values()).index(name)) if name else (0, self._line(key))

    def _name(self, key: Where) -> str:
        """The variable that set this key, or something below it; empty when none did."""
        return next((name for at, name in self.names.items() if at[: len(key)] == key), "")

    def _line(self, key: Where) -> int:
        above = (key[:length] for length in range(len(key), 0, -1))
        return next((self.lines[at] for at in above if at in self.lines), 0)


def read(path: Path | None, environ: Mapping[str, str]) -> Source:
    """The file, if any, and the environment over it.

    Raises SettingsError for a file that cannot be read.
    """
    source = Source() if path is None else _read_file(path)
    for name, text in sorted(environ.items()):
        if name.upper().startswith(PREFIX) and "__" in name and text.strip():
            _set(source, tuple(name[len(PREFIX) :].lower().split("__")), name, text)
    return source


def _set(source: Source, key: Where, name: str, text: str) -> None:
    section = source.values
    for part in key[:-1]:
        below = section.get(part)
        if not isinstance(below, dict):
            below = section[part] = {}
        section = below
    section[key[-1]] = text
    source.names[key] = name


def _read_file(path: Path) -> Source:
    source = Source(file=str(path))
    try:
        root = YAML(typ="safe", pure=True).compose(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SettingsError(f"{path}: there is no such file") from None
    except UnicodeDecodeError:
        raise SettingsError(f"{path}: must be text in UTF-8") from None
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from None
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(f"{path}:{line}: cannot be read as YAML: {_what(error)}") from None
    except (YAMLError, RecursionError):
        raise SettingsError(f"{path}: cannot be read as YAML") from None
    if root is not None:
        if not isinstance(root, MappingNode):
            raise SettingsError(f"{path}:{_line(root)}: must hold sections, as `storage:`")
        source.values = _mapping(source, root, ())
    return source


def _what(error: MarkedYAMLError) -> str:
    if "\\t" in str(error.problem):
        return "it has a tab; put spaces in its place"
    return str(error.problem).splitlines()[0] if error.problem else "it has a mistake here"


def _line(node: Node) -> int:
    return int(node.start_mark.line) + 1


def _mapping(source: Source, node: MappingNode, above: Where) -> Tree:
    found: Tree = {}
    for name, value in node.value:
        if not isinstance(name, ScalarNode):
            raise SettingsError(f"{source.file}:{_line(name)}: a key must be one word")
        key = (*above, str(name.value))
        if key in source.lines:
            raise SettingsError(f"{source.file}:{_line(name)}: `{'.'.join(key)}` stands here twice")
        source.lines[key] = _line(name)
        read = _value(source, value, key)
        if read is not None:
            found[key[-1]] = read
    return found


def _value(source: Source, node: Node, key: Where) -> object:
    if node.anchor:
        raise SettingsError(f"{source.file}:{_line(node)}: `{'.'.join(key)}` has an anchor (&); write the value itself")
    match node:
        case MappingNode():
            return _mapping(source, node, key)
        case SequenceNode():
            return [_value(source, item, key) for item in node.value]
        case ScalarNode() if node.style is None and node.value in ("", "~", "null"):
            return None
        case _:
            return str(node.value)
