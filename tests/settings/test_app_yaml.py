"""The house's own app.yaml holds every setting, and explains it."""

from __future__ import annotations

import re

from ruamel.yaml import YAML

from bot.settings import Settings, load
from bot.settings.load import known_keys
from tests.settings.making import ROOT


def shown_in_app_yaml() -> set[tuple[str, ...]]:
    """The settings of app.yaml, with those in comments: a comment line `# key:` or `# key: value` is one of them."""
    text = (ROOT / "app.yaml").read_text(encoding="utf-8")
    text = re.sub(r"^( +)# ([a-z_]+:(?: \S+)?)$", r"\1\2", text, flags=re.MULTILINE)

    def keys(tree: object, above: tuple[str, ...]) -> set[tuple[str, ...]]:
        if not isinstance(tree, dict) or above in {("organisation", "hours"), ("organisation", "sites")}:
            return {above}
        return set().union(*(keys(below, (*above, name)) for name, below in tree.items()))

    return keys(YAML(typ="safe", pure=True).load(text), ())


def test_every_setting_is_in_app_yaml_and_nothing_else() -> None:
    assert shown_in_app_yaml() == set(known_keys())


def test_app_yaml_explains_every_setting() -> None:
    lines = (ROOT / "app.yaml").read_text(encoding="utf-8").splitlines()
    for section, *_ in {key[:1] for key in known_keys()}:
        below = lines[lines.index(f"{section}:") + 1 :]
        body = below[: next((i for i, line in enumerate(below) if line and not line.startswith(" ")), len(below))]
        assert any(re.match(r" +# [A-Za-z/].* ", line) for line in body), f"{section} has no word of explanation"


def test_app_yaml_says_the_defaults_where_it_need_not_say_otherwise() -> None:
    """What app.yaml sets and what the code sets by itself agree, but for the sample organisation."""
    ours, bare = load(ROOT / "app.yaml", {}), Settings()
    for section in set(Settings.model_fields) - {"people", "organisation", "ladder"}:
        assert getattr(ours, section) == getattr(bare, section)
    assert ours.ladder.acknowledge == bare.ladder.acknowledge


def test_the_sample_organisation_knows_everybody_it_names() -> None:
    people = YAML(typ="safe", pure=True).load((ROOT / "people.sample.yaml").read_text(encoding="utf-8"))["people"]
    emails = {person["email"] for person in people}
    settings = load(ROOT / "app.yaml", {})
    named = {person[key] for person in people for key in ("manager", "deputy") if key in person}
    assert len(emails) == len(people)
    assert named <= emails
    assert settings.ladder.fallback in emails
    assert set(settings.organisation.sites) <= {person["site"] for person in people}
