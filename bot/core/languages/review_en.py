"""English, for looking answers over."""

from __future__ import annotations

from bot.core.languages.review import ReviewPhrases

ENGLISH_REVIEW = ReviewPhrases(
    send="Yes, send it",
    correct="Yes, this is right",
    change="Change: {question}",
    change_some="Change an answer",
    which="Which answer would you like to change?",
    none="None of them",
    written="Written (not shown here)",
    read="Read what I wrote",
)
