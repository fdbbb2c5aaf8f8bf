"""What the commands are called in English: as people write them, and on buttons."""

from __future__ import annotations

from bot.core.events import Command

ENGLISH_WORDS: dict[Command, tuple[str, ...]] = {
    Command.BACK: ("back", "go back", "previous"),
    Command.SKIP: ("skip", "skip this", "next"),
    Command.PAUSE: ("pause", "take a break"),
    Command.RESUME: ("resume", "continue", "go on"),
    Command.STOP: ("stop", "quit", "exit", "cancel"),
    Command.DELETE: ("delete", "delete my answers", "delete my report"),
    Command.HELP: ("help", "help me", "?"),
    Command.LANGUAGE: ("language", "change language"),
    Command.READ: ("read", "read the report", "read it", "show the report"),
    Command.WHO_SEES: (
        "who can see this?",
        "who can see this",
        "who can see it?",
        "who can see it",
        "who sees this?",
        "who sees this",
    ),
    Command.WHO_MAY_KNOW: (
        "change who may know",
        "change who can see this",
        "who may know",
        "who may know?",
        "leave somebody out",
    ),
    Command.HIDE: ("hide", "hide this"),
    Command.EMERGENCY: (
        "emergency",
        "emergency help",
        "danger",
        "in danger",
        "i am in danger",
        "i'm in danger",
        "i\u2019m in danger",  # as phones write it
        "sos",
        "112",
        "911",
        "999",
    ),
    Command.HAND_OVER: ("hand over", "hand it over", "hand the case over", "hand over the case"),
    # never what somebody may say who is worn out, like "I can't take this"
    Command.RECUSE: (
        "i cannot take this case",
        "i can't take this case",
        "i cannot have this case",
        "i can't have this case",
        "i can\u2019t have this case",  # as phones write it
        "i am not impartial",
    ),
    Command.CASES: ("cases", "my cases", "my reports", "your cases", "list"),
    Command.WITHDRAW: ("withdraw", "withdraw my report", "withdraw report", "take it back", "take my report back"),
}

ENGLISH_LABELS: dict[Command, str] = {
    Command.BACK: "Back",
    Command.SKIP: "Skip",
    Command.PAUSE: "Pause",
    Command.RESUME: "Go on",
    Command.STOP: "Stop",
    Command.DELETE: "Delete my answers",
    Command.HELP: "Help",
    Command.LANGUAGE: "Language",
    Command.READ: "Read the report",
    Command.WHO_SEES: "Who can see this?",
    Command.WHO_MAY_KNOW: "Change who may know",
    Command.HIDE: "Hide",
    Command.EMERGENCY: "Emergency help",
    Command.HAND_OVER: "Hand over",
    Command.RECUSE: "I cannot have this case",
    Command.WITHDRAW: "Withdraw my report",
    Command.CASES: "My cases",
}
