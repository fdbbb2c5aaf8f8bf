"""What is a condition, and what an admin is told about what is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.expressions import (
    RESERVED,
    And,
    Compare,
    ConditionError,
    CountCompare,
    Has,
    Is,
    IsAnswered,
    IsSkipped,
    Not,
    OneOf,
    Or,
    Word,
    parse,
)

A, B, C = Is(Word("a"), Word("x")), Is(Word("b"), Word("x")), Is(Word("c"), Word("x"))


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("danger is now", Is(Word("danger"), Word("now"))),
        ("danger is not now", Is(Word("danger"), Word("now"), negated=True)),
        ("threat in kinds", Has(Word("threat"), Word("kinds"))),
        ("threat not in report.kinds", Has(Word("threat"), Word("report.kinds"), negated=True)),
        ("nobody in may_know", Has(Word("nobody"), Word("may_know"))),
        ("nobody not in may_know", Has(Word("nobody"), Word("may_know"), negated=True)),
        ("report.who in [a, b]", OneOf(Word("report.who"), (Word("a"), Word("b")))),
        ("who not in [a]", OneOf(Word("who"), (Word("a"),), negated=True)),
        ("fear >= 4", Compare(Word("fear"), ">=", Decimal(4))),
        ("fear > -1", Compare(Word("fear"), ">", Decimal(-1))),
        ("fear<=1.25", Compare(Word("fear"), "<=", Decimal("1.25"))),
        ("fear < 12", Compare(Word("fear"), "<", Decimal(12))),
        ("fear is 4", Compare(Word("fear"), "is", Decimal(4))),
        ("fear is not 4", Compare(Word("fear"), "is not", Decimal(4))),
        ("count(kinds) >= 2", CountCompare(Word("kinds"), ">=", 2)),
        ("count(kinds) is 0", CountCompare(Word("kinds"), "is", 0)),
        ("count(kinds) is not 10", CountCompare(Word("kinds"), "is not", 10)),
        ("skipped(kinds)", IsSkipped(Word("kinds"))),
        ("answered(report.kinds)", IsAnswered(Word("report.kinds"))),
        ("hændelse is ja2", Is(Word("hændelse"), Word("ja2"))),
        ("a is x and b is x and c is x", And((A, B, C))),
        ("a is x or b is x or c is x", Or((A, B, C))),
        ("a is x or b is x and c is x", Or((A, And((B, C))))),
        ("a is x and b is x or c is x", Or((And((A, B)), C))),
        ("a is x and (b is x or c is x)", And((A, Or((B, C))))),
        ("(a is x or b is x) or c is x", Or((Or((A, B)), C))),
        ("not a is x and b is x", And((Not(A), B))),
        ("not (a is x and b is x)", Not(And((A, B)))),
        ("not not a is x", Not(Not(A))),
        ("\n a is x\t", A),
        ("(" * 20 + "a is x" + ")" * 20, A),
        ("(a is x) and " + "(" * 20 + "a is x" + ")" * 20, And((A, A))),
        ("(a is x) and " * 30 + "(a is x)", And((A,) * 31)),
    ],
)
def test_it_is_read(text: str, condition: object) -> None:
    assert parse(text) == condition


MISTAKES = [
    ("", 0, "The condition is missing. Write one such as: danger is now"),
    (" \n", 0, "The condition is missing. Write one such as: danger is now"),
    # marks from elsewhere
    ("danger = now", 7, 'Use the word "is" instead of "=". Write: danger is now'),
    ("danger == now", 7, 'Use the word "is" instead of "==". Write: danger is now'),
    ("danger==now", 6, 'Use the word "is" instead of "==". Write: danger is now'),
    ("danger != now", 7, 'Use the words "is not" instead of "!=". Write: danger is not now'),
    ("danger <> now", 7, 'Use the words "is not" instead of "<>". Write: danger is not now'),
    ("danger ≠ now", 7, 'Use the words "is not" instead of "≠". Write: danger is not now'),
    ("danger is 'now'", 10, "Leave out the quotes. Write: danger is now"),
    ('"danger" is "now"', 0, "Leave out the quotes. Write: danger is now"),
    ("danger is “now”", 10, "Leave out the quotes. Write: danger is now"),
    ("danger is »now«", 10, "Leave out the quotes. Write: danger is now"),
    ("a is b && c is d", 7, 'Use the word "and" instead of "&&". Write: a is b and c is d'),
    ("a is b || c = d", 7, 'Use the word "or" instead of "||". Write: a is b or c is d'),
    ("!skipped(x)", 0, 'Use the word "not" instead of "!". Write: not skipped(x)'),
    ("fear => 4", 5, 'Use ">=" instead of "=>". Write: fear >= 4'),
    ("fear =< 4", 5, 'Use "<=" instead of "=<". Write: fear <= 4'),
    ("fear ≥ 4,5", 5, 'Use ">=" instead of "≥". Write: fear >= 4.5'),
    ("fear ≤ 4", 5, 'Use "<=" instead of "≤". Write: fear <= 4'),
    ("fear >= 4,5", 9, "Write the number with a point, not a comma. Write: fear >= 4.5"),
    ("fear >= -14,5", 11, "Write the number with a point, not a comma. Write: fear >= -14.5"),
    ("danger is now.", 13, 'Leave out the ".". Write: danger is now'),
    ("(danger is now.)", 14, 'Leave out the ".". Write: (danger is now)'),
    ("fear >= 4.", 9, 'Leave out the ".". Write: fear >= 4'),
    ("danger is now?", 13, 'Leave out the "?". Write: danger is now'),
    ("danger is X.", 11, 'Leave out the ".". Write: danger is X'),
    ("a-b-c in k", 1, 'A name has letters, digits and "_" only. Write: a_b_c in k'),
    ("on-call in call_now", 2, 'A name has letters, digits and "_" only. Write: on_call in call_now'),
    ("a is b AND c is d", 7, 'Write "and" in small letters. Write: a is b and c is d'),
    ("Is is a", 0, 'Write "is" in small letters.'),
    ("danger is now/no", 13, '"/" means nothing in a condition. Leave it out.'),
    ("danger is #now", 10, '"#" means nothing in a condition. Leave it out. Write: danger is now'),
    ("a is- b", 4, '"-" means nothing in a condition. Leave it out. Write: a is b'),
    ("a is\x00b", 4, "A character that cannot be seen means nothing in a condition. Leave it out. Write: a is b"),
    ("x is 3d", 5, "A name begins with a letter, and a number has digits only."),
    ("x >= 1.2.3", 5, "A name begins with a letter, and a number has digits only."),
    ("x >= 4.a", 5, "A name begins with a letter, and a number has digits only."),
    ("a.b.c is d", 0, '"a.b.c" is no name. Name a question, or a flow and its question: report.who'),
    ("a.2 is d", 0, '"a.2" is no name. Name a question, or a flow and its question: report.who'),
    ("report.Is is x", 0, '"Is" is a word of the language, so nothing can be called so.'),
    ("x is y and count.who is x", 11, '"count" is a word of the language, so nothing can be called so.'),
    # several options
    ("danger is now or no", 17, "Several options stand in a list. Write: danger in [now, no]"),
    ("danger is not now or no", 21, "Several options stand in a list. Write: danger not in [now, no]"),
    ("a is b and danger is x and y", 27, "Several options stand in a list. Write: a is b and danger in [x, y]"),
    ("(a is b or c) and d is e", 11, "Several options stand in a list. Write: (a in [b, c]) and d is e"),
    ("who in [a] or b", 14, 'Put "b" into the list as well.'),
    ("threat in kinds or doxxing", 19, 'Say what "doxxing" is in. Write: threat in kinds or doxxing in kinds'),
    ("a not in k and b", 15, 'Say what "b" is in. Write: a not in k and b not in k'),
    ("threat or doxxing in kinds", 0, 'Say what "threat" is in. Write: threat in kinds or doxxing in kinds'),
    ("a or b and c in k", 0, 'Say what "a" is in. Write: a in k or b in k and c in k'),
    ("x is y and (a or b in k)", 12, 'Say what "a" is in. Write: x is y and (a in k or b in k)'),
    ("a or b is c", 0, '"a" alone says nothing. Add "is" and one of its options, or write: answered(a)'),
    ("a or b in [c]", 0, '"a" alone says nothing. Add "is" and one of its options, or write: answered(a)'),
    ("who in a, b", 8, "Several options stand in square brackets, after the question. Write: who in [a, b]"),
    ("who not in a, b", 12, "Several options stand in square brackets, after the question. Write: who not in [a, b]"),
    (
        "who is a, b, c and x is y",
        8,
        "Several options stand in square brackets, after the question. Write: who in [a, b, c] and x is y",
    ),
    ("who is not a, b", 12, "Several options stand in square brackets, after the question. Write: who not in [a, b]"),
    ("who is a,", 8, "Several options stand in square brackets, after the question."),
    ("(who is a, b)", 9, "Several options stand in square brackets, after the question. Write: (who in [a, b])"),
    ("fear > 3, b is c", 8, 'A comma stands in lists only. Use the word "and" or "or".'),
    ("who is [a, b]", 4, 'A list stands after "in", without "is". Write: who in [a, b]'),
    ("who is not [a, b]", 4, 'A list stands after "in", without "is". Write: who not in [a, b]'),
    ("who is not in [a, b]", 4, 'A list stands after "in", without "is". Write: who not in [a, b]'),
    ("a is in k", 2, 'A list stands after "in", without "is". Write: a in k'),
    ("[a, b] in k", 0, "Begin with the question, then the list. Write for example: who in [customer, unknown]"),
    ("who in [a b]", 10, "Between two options of a list comes a comma. Write: who in [a, b]"),
    ("who in [a, b", 7, 'This "[" is never closed with "]". Write: who in [a, b]'),
    ("who in [a, b and c is d", 7, 'This "[" is never closed with "]". Write: who in [a, b] and c is d'),
    ("who in []", 8, 'After "[" comes one of the options of the question.'),
    ("who in [a,]", 10, 'After "," comes one of the options of the question.'),
    ("who in [a, 2]", 11, 'After "," comes one of the options of the question.'),
    ("who in [hr, nobody]", 12, '"nobody" stands in no list. Write for example: nobody in may_know'),
    # words missing, or in another order
    ("kinds has threat", 6, 'Use the word "in" instead of "has". Write: threat in kinds'),
    ("kinds has 4", 6, 'Between "kinds" and "has" a word is missing.'),
    ("report.kinds in threat", 0, 'Before "in" comes the option, after it the question. Write: threat in report.kinds'),
    ("danger now", 7, 'Between "danger" and "now" a word is missing. Write: danger is now'),
    ("danger not now", 0, 'Between "danger" and "not" the word "is" is missing. Write: danger is not now'),
    ("danger", 0, '"danger" alone says nothing. Add "is" and one of its options, or write: answered(danger)'),
    ("danger or", 0, '"danger" alone says nothing. Add "is" and one of its options, or write: answered(danger)'),
    ("danger, a is b", 0, '"danger" alone says nothing. Add "is" and one of its options, or write: answered(danger)'),
    ("not danger", 4, '"danger" alone says nothing. Add "is" and one of its options, or write: answered(danger)'),
    ("(danger)", 1, '"danger" alone says nothing. Add "is" and one of its options, or write: answered(danger)'),
    (
        "a is b or r.who",
        10,
        '"r.who" alone says nothing. Add "is" and one of its options, or write: answered(r.who)',
    ),
    ("skipped(a) or b", 14, '"b" alone says nothing. Add "is" and one of its options, or write: answered(b)'),
    ("danger (", 7, '"(" cannot follow "danger". Add "is" and one of its options.'),
    ("danger is skipped", 10, '"skipped" is no option. Write: skipped(danger)'),
    ("danger is not answered", 14, '"answered" is no option. Write: not answered(danger)'),
    ("may_know is nobody", 12, '"nobody" stands before "in". Write: nobody in may_know'),
    ("may_know is not nobody", 16, '"nobody" stands before "in". Write: nobody not in may_know'),
    ("nobody", 0, '"nobody" stands before "in". Write for example: nobody in may_know'),
    ("nobody in 4", 10, 'After "in" comes the id of a question.'),
    ("x in not", 5, 'After "in" comes the id of a question.'),
    ("x is otherwise", 5, 'After "is" comes one of the options of the question.'),
    ("x is not", 8, 'After "is not" comes one of the options of the question.'),
    ("a is b.c", 5, '"b.c" is no option: only questions of other flows have a dot.'),
    ("otherwise", 0, '"otherwise" stands alone, never within a condition.'),
    ("a is b or nothing", 10, '"nothing" stands alone, never within a condition.'),
    ("is a", 0, 'Before "is" something is missing.'),
    ("a is b and or c is d", 11, 'Before "or" something is missing.'),
    ("()", 1, 'Before ")" something is missing.'),
    ("a is b and", 10, 'Something is missing after "and".'),
    ("not", 3, 'Something is missing after "not".'),
    ("a is b c is d", 7, 'Before "c" a word is missing: and, or?'),
    ("(a is b c is d)", 8, 'Before "c" a word is missing: and, or?'),
    ("fear > 3 < 5", 9, 'Before "<" a word is missing: and, or?'),
    # numbers and counts
    ("4 <= fear", 0, "Begin with the question, then the number. Write: fear >= 4"),
    ("a is b and 4 > fear", 11, "Begin with the question, then the number. Write: a is b and fear < 4"),
    ("4 <", 0, "Begin with the question, then the number."),
    ("4 < 5", 0, "Begin with the question, then the number."),
    ("4", 0, "Begin with the question, then the number."),
    ("4 is fear", 0, "Begin with the question, then the number."),
    ("fear >= four", 8, 'After ">=" comes a number in digits, such as 4.'),
    ("fear <", 6, 'After "<" comes a number in digits, such as 4.'),
    ("count(kinds)", 12, "Say how many are counted. Write: count(kinds) >= 1"),
    ("count(kinds) and a is b", 13, "Say how many are counted. Write: count(kinds) >= 1 and a is b"),
    ("count(kinds) >= -1", 16, "A count is a whole number, 0 or more."),
    ("count(kinds) is 1.5", 16, "A count is a whole number, 0 or more."),
    ("count(kinds) is many", 16, 'After "is" comes a number in digits, such as 4.'),
    ("count kinds >= 2", 0, 'After "count" comes a question in brackets. Write: count(kinds) >= 2'),
    ("skipped", 0, 'After "skipped" comes a question in brackets.'),
    ("skipped 4", 0, 'After "skipped" comes a question in brackets.'),
    ("skipped(4)", 8, 'After "(" comes the id of a question.'),
    ("skipped(kinds", 13, 'One question, then ")": skipped(kinds) Write: skipped(kinds)'),
    ("skipped(a and b is c", 10, 'One question, then ")": skipped(a) Write: skipped(a) and b is c'),
    ("answered(a, b)", 10, 'One question, then ")": answered(a)'),
    # brackets and bounds
    ("(danger is now", 0, 'This "(" is never closed. Write: (danger is now)'),
    ("a is b and ((c is d)", 11, 'This "(" is never closed. Write: a is b and ((c is d))'),
    ("danger is now)", 13, 'This ")" has no "(" before it. Write: danger is now'),
    ("(" * 21 + "a is x" + ")" * 21, 20, "Brackets stand at most 20 deep. Split this over several steps."),
    (
        "(a is x) and " + "(" * 21 + "a is x" + ")" * 21,
        33,
        "Brackets stand at most 20 deep. Split this over several steps.",
    ),
    ("not " * 21 + "a is x", 80, "Brackets stand at most 20 deep. Split this over several steps."),
    ("a is x" + " " * 495, 500, "A condition has at most 500 characters. Split it over several steps."),
]


@pytest.mark.parametrize(("text", "offset", "message"), MISTAKES)
def test_a_mistake_is_told_with_its_place_and_remedy(text: str, offset: int, message: str) -> None:
    with pytest.raises(ConditionError) as told:
        parse(text)
    assert (told.value.offset, told.value.message, str(told.value)) == (offset, message, message)


def test_five_hundred_characters_are_not_too_long() -> None:
    assert parse("a is x" + " " * 494) == A


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_no_word_of_the_language_is_a_name(word: str) -> None:
    for text in (f"{word} is x", f"x is {word}", f"{word.upper()} is x", f"x in [{word}]", f"skipped({word})"):
        with pytest.raises(ConditionError):
            parse(text)


def _mistake(text: str) -> ConditionError | None:
    try:
        parse(text)
    except ConditionError as told:
        return told
    return None


PIECES = (
    "danger kinds r.who now is in not and or nobody skipped count ( ) [ ] , >= < = != ' 4 1.5 4,5 AND on-call . has "
    "otherwise … ≥ &&"
)
pieces = st.sampled_from(PIECES.split())


@given(st.lists(pieces, max_size=12).map(" ".join) | st.lists(pieces, max_size=8).map("".join) | st.text(max_size=40))
@example("()" * 250)
@example("a" * 500)
@example("²")
def test_whatever_is_written_has_a_meaning_or_a_place_and_a_remedy_that_can_be_read(text: str) -> None:
    told = _mistake(text)
    if told is not None:
        assert 0 <= told.offset <= len(text)
        assert told.message
        _, wrote, remedy = told.message.rpartition(" Write: ")
        assert not wrote or _mistake(remedy) is None
