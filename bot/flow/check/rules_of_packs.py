"""The rules of translations, country packs and the folder they lie in, in the words of those who write them."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType(
    {
        "country-check-again": "Numbers and laws change. The day that was set for looking over this country pack "
        "has come: compare each entry with its source, and set a new day. Right:  check_again: 2027-06-01",
        "country-day": "A day is written as year, month and day, so that it reads the same everywhere. Right:  "
        "checked: 2026-11-22",
        "country-doubt": "Somebody has noted that this entry may be wrong. Nothing stops, but look it up before you "
        "rely on it, then take the line away. Right: no  doubt:  once it is sure",
        "country-entry": "Each entry of a country pack is a few lines: its text by language, its source, and the "
        "day it was last checked. Right:  source: POL1  and  checked: 2026-11-22",
        "country-language": "Texts of a country pack stand by language, each with its two letters, and all of them "
        "in the same languages, or somebody would read nothing. Right:  en: Call 112  and  da: Ring 112",
        "country-name": "A country pack is called like its file, so that everybody finds it. Right, in dk.yaml:  "
        "country: dk",
        "country-number": "People press the number to call it, so there are digits and spaces only, with + for "
        "another country. Words go into the text. Right:  number: 116 006",
        "country-text": "Texts of a country pack stand in many flows, and are shown as they are. Nothing is filled "
        "in. Right: a text without { and }",
        "file-name": "The name of a file says what it is: a flow is called as report.yaml, its translation as "
        "report.da.yaml, and a country pack lies in the folder country. Right:  report.da.yaml",
        "file-read": "The file is there, but this computer does not let it be read. Look at its permissions, and "
        "whether it is a file at all. Right: a file that your own editor opens",
        "not-a-country": "The file lies among the country packs, but does not read like one. Right, at its top:  "
        "bistand: 1  and  country: dk",
        "not-a-translation": "A translation says of which flow it is and into which language, and has two lines for "
        "each text. Right:  - en: Yes  and below it  da: Ja",
        "translation-at": 'A line "at:" says for which of several places a translation is meant, and the text does '
        "not stand at this one. Right:  at: police.yes",
        "translation-double": "The same text is translated twice for the same place, and only one of them could be "
        "used. Right: each text once, or with  at:  for its place",
        "translation-empty": "The text in the other language has not been written yet, and people would read it in "
        "the flow's own. Right:  da: Ja",
        "translation-file": "Every flow is to be there in all languages of the organisation, and this one lacks a "
        "file for one of them. Right:  report.da.yaml  beside  report.yaml",
        "translation-flow": "A translation lies beside its flow and has its name. There is no such flow. Right:  "
        "report.da.yaml  beside  report.yaml",
        "translation-language": "Languages are written with two letters. A translation goes from the language of "
        "its flow to another one. Right:  from: en  and  to: da",
        "translation-missing": "The flow says something that has no translation yet. Let Bistand add the new texts, "
        "and fill them in. Right: a pair of lines for each text,  - en: Yes  and  da: Ja",
        "translation-name": "The name of the file, the flow and the language say the same. Right, in "
        "report.da.yaml:  translation: report  and  to: da",
        "translation-placeholder": "What is filled in must be filled in in every language, under the same name; "
        "only the words around it change. Right:  da: Din leder, {manager.name}",
        "translation-unused": "The flow does not say this any more, or says it in other words, so that the "
        "translation is never shown. Right: the text of the flow, letter by letter",
        "translation-was": 'The flow\'s text was changed after it was translated. The line "was:" shows how it read '
        "before. Bring the translation up to date, then delete that line. Right: no  was:  once it fits",
    }
)
