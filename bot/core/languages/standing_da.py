"""How a case stands, in Danish: to the employee, and to those at work who may see it. The keys are its statuses."""

from __future__ import annotations

DANISH_OWN: dict[str, str] = {
    "draft": "Den er ikke sendt. Kun du kan se den.",
    "opened": "Jeg venter på svar fra {person}.",
    "alerted": "Jeg venter på svar fra {person}.",
    "acknowledged": "{person} tager sig af den.",
    "in_progress": "{person} er i gang med den.",
    "follow_up": "{person} er i gang med den, og jeg spørger dig af og til, hvordan det går.",
    "escalated": "Jeg beder {person} om at træde til.",
    "handed_over": "Den er på vej til {person}.",
    "reopened": "Den er åben igen. Jeg venter på svar fra {person}.",
    "closed": "Den er lukket. Skriv *chikane*, hvis der sker noget igen.",
    "withdrawn": "Du har trukket den tilbage.",
}

DANISH_AT_WORK: dict[str, str] = {
    "draft": "Ikke sendt.",
    "opened": "Venter på, at nogen tager den.",
    "alerted": "Venter på, at nogen tager den.",
    "acknowledged": "{person} har taget den.",
    "in_progress": "{person} er i gang med den.",
    "follow_up": "{person} er i gang med den.",
    "escalated": "Har ligget stille og mangler en, der tager den.",
    "handed_over": "Givet videre. Venter på, at {person} tager den.",
    "reopened": "Åben igen. Venter på, at nogen tager den.",
    "closed": "Lukket.",
    "withdrawn": "Trukket tilbage af medarbejderen.",
}
