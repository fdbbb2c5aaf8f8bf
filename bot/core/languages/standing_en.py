"""How a case stands, in English: to the employee, and to those at work who may see it. The keys are its statuses."""

from __future__ import annotations

ENGLISH_OWN: dict[str, str] = {
    "draft": "It has not been sent. Only you can see it.",
    "opened": "I am waiting for {person} to answer.",
    "alerted": "I am waiting for {person} to answer.",
    "acknowledged": "{person} takes care of it.",
    "in_progress": "{person} is working on it.",
    "follow_up": "{person} is working on it, and I ask you now and then how it goes.",
    "escalated": "I am asking {person} to step in.",
    "handed_over": "It is on its way to {person}.",
    "reopened": "It is open again. I am waiting for {person} to answer.",
    "closed": "It is closed. Write *report* if something happens again.",
    "withdrawn": "You have taken it back.",
}

ENGLISH_AT_WORK: dict[str, str] = {
    "draft": "Not sent.",
    "opened": "Waits for somebody to take it.",
    "alerted": "Waits for somebody to take it.",
    "acknowledged": "{person} has taken it.",
    "in_progress": "{person} is working on it.",
    "follow_up": "{person} is working on it.",
    "escalated": "Has stood still and needs somebody.",
    "handed_over": "Handed over. Waits for {person} to take it.",
    "reopened": "Open again. Waits for somebody to take it.",
    "closed": "Closed.",
    "withdrawn": "Taken back by the employee.",
}
