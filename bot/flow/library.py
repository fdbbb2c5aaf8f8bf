"""All files of a flow folder together: flows with their translations, country packs, and every problem at once.

Rule 1. `report.yaml` is a flow, `report.da.yaml` its translation, `country/dk.yaml` a country pack; else is nothing.
Rule 2. Every flow speaks each of the organisation's languages.
Rule 3. What needs all flows at once is checked when each of them could be read: a flow that could not be read would
        make the others look wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.core.facts import Country
from bot.core.languages.codes import language_name
from bot.errors import Problem
from bot.flow.country import load_country
from bot.flow.load import load_flow
from bot.flow.model import Flow, Translation
from bot.flow.translate import check_translation, load_translation

COUNTRIES = "country/"
Check = Callable[[Sequence[Flow], Country | None], tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class Library:
    """What a folder holds: flows and countries by name, all problems and warnings in file order."""

    flows: Mapping[str, Flow] = field(default_factory=dict)
    countries: Mapping[str, Country] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def assemble(
    files: Mapping[str, str],
    check: Check | None = None,
    *,
    languages: Sequence[str] = (),
    today: date | None = None,
) -> Library:
    """The library of a folder's files, by path within it. `check` sees all flows at once, with each country.

    `languages` are those that every flow must speak; `today` brings the warnings of country packs that are overdue.
    """
    shelf = _Shelf()
    kinds = {path: _kind(path) for path in sorted(files)}
    for path, kind in kinds.items():
        if kind == "flow":
            shelf.add_flow(path, files[path])
    for path, kind in kinds.items():
        if kind == "translation":
            shelf.add_translation(path, files[path])
        elif kind == "country":
            shelf.add_country(path, files[path], today)
        elif kind == "":
            shelf.note(path, "file-name", "a flow is called as report.yaml, its translation as report.da.yaml.")
    shelf.ask_for(languages)
    return shelf.library(check)


def _kind(path: str) -> str:
    stem = path.removesuffix(".yaml")
    if path.startswith(COUNTRIES):
        return "" if "/" in stem.removeprefix(COUNTRIES) else "country"
    if "/" in stem or stem.count(".") > 1:
        return ""
    return "translation" if "." in stem else "flow"


class _Shelf:
    """Gathers what was read, file by file."""

    def __init__(self) -> None:
        self.flows: dict[str, Flow | None] = {}
        self.translations: dict[tuple[str, str], Translation | None] = {}
        self.countries: dict[str, Country] = {}
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []

    def note(self, path: str, rule: str, message: str) -> None:
        self.problems.append(Problem(path, 1, 1, rule, message))

    def add_flow(self, path: str, text: str) -> None:
        flow, problems = load_flow(text, path)
        self.flows[path.removesuffix(".yaml")] = flow
        self.problems += problems

    def add_translation(self, path: str, text: str) -> None:
        name, _, language = path.removesuffix(".yaml").partition(".")
        translation, problems = load_translation(text, path)
        self.translations[name, language] = translation
        self.problems += problems
        if name not in self.flows:
            self.note(path, "translation-flow", f"there is no {name}.yaml that this could be a translation of.")
            return
        flow = self.flows[name]
        if flow is not None and translation is not None:
            self.problems += check_translation(flow, translation)
            self.flows[name] = replace(flow, translations={**flow.translations, translation.language: translation})

    def add_country(self, path: str, text: str, today: date | None) -> None:
        country, problems, warnings = load_country(text, path, today)
        self.problems += problems
        self.warnings += warnings
        if country is not None:
            self.countries[country.name] = country

    def ask_for(self, languages: Iterable[str]) -> None:
        """Rule 2."""
        wanted = tuple(languages)
        for name, flow in self.flows.items():
            for language in wanted:
                if flow is not None and language != flow.language and (name, language) not in self.translations:
                    message = f"there is no {language_name(language)} of this flow. Run: bistand flows translate"
                    self.note(flow.file, "translation-file", f"{message} {name} {language}")

    def library(self, check: Check | None) -> Library:
        flows = {name: flow for name, flow in self.flows.items() if flow is not None}
        if check is not None and len(flows) == len(self.flows):
            for country in self.countries.values() or (None,):
                self.problems += check(tuple(flows.values()), country)
        return Library(flows, self.countries, tuple(sorted(set(self.problems))), tuple(sorted(set(self.warnings))))
