"""Random conditions and answers, for the property tests of expressions."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import strategies as st

from bot.core.answers import Answer, Files, Many, Number, One, Skipped
from bot.core.expressions import (
    And,
    Atom,
    Compare,
    Condition,
    CountCompare,
    Has,
    Is,
    IsAnswered,
    IsSkipped,
    Not,
    OneOf,
    Or,
    Word,
)

QUESTIONS = ("danger", "kinds", "fear", "report.who", "may_know")
OPTIONS = ("now", "no", "none", "hr", "on_call")

names = st.sampled_from(QUESTIONS).map(Word)
options = st.sampled_from(OPTIONS).map(Word)
ops = st.sampled_from((">=", ">", "<=", "<", "is", "is not"))
numbers = st.sampled_from([Decimal(n) for n in ("-1", "0", "1", "2", "3.5", "4")])

#: Atoms about what was answered, without `skipped( )` and `answered( )`.
readings: st.SearchStrategy[Atom] = st.one_of(
    st.builds(Is, names, options, st.booleans()),
    st.builds(Has, options | st.just(Word("nobody")), names, st.booleans()),
    st.builds(OneOf, names, st.lists(options, min_size=1, max_size=3).map(tuple), st.booleans()),
    st.builds(Compare, names, ops, numbers),
    st.builds(CountCompare, names, ops, st.integers(0, 3)),
)
atoms: st.SearchStrategy[Atom] = readings | st.builds(IsSkipped, names) | st.builds(IsAnswered, names)


def _joined(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.builds(And, several) | st.builds(Or, several) | st.builds(Not, parts)


conditions: st.SearchStrategy[Condition] = st.recursive(atoms, _joined, max_leaves=8)
conditions_on_readings: st.SearchStrategy[Condition] = st.recursive(readings, _joined, max_leaves=6)

real_answers: st.SearchStrategy[Answer] = st.one_of(
    st.sampled_from(OPTIONS).map(One),
    st.lists(st.sampled_from(OPTIONS), unique=True, max_size=3).map(lambda ticked: Many(tuple(ticked))),
    st.just(Many(("nobody",))),
    numbers.map(Number),
    st.just(Files(())),
)


def sheets(answers: st.SearchStrategy[Answer]) -> st.SearchStrategy[Mapping[str, Answer]]:
    """Answers by question; a question that is left out was never asked."""
    return st.dictionaries(st.sampled_from(QUESTIONS), answers)


#: Answers, of which some are skipped.
any_sheets = sheets(real_answers | st.just(Skipped()))
