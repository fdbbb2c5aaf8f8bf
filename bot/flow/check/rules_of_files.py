"""The rules that one file is read by, key by key, in the words of those who write flows; each with a right example."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

RULES: Mapping[str, str] = MappingProxyType(
    {
        "case-body": "Under an option of a branch stand steps, each after a dash, or the one word nothing. A text "
        "alone would not say what to do with it. Right:  report: nothing",
        "condition": "A condition is built from questions, their options and a few words: is, is not, in, not in, "
        "and, or, not, >=, skipped( ), answered( ), count( ). Quotes are not needed. Right:  danger is now or "
        "weapon in signs",
        "due": "A due time is one length of time, or one for each level. Every level must have one, or there must "
        'be an line "otherwise:" for the rest. Right:  due: 4 working hours',
        "duration": "A time is a whole number and a unit: min, hours, days, weeks, working hours, working days. "
        "Right:  1 working day",
        "empty-form": "A form or a record needs at least one question, or nobody could fill it in. Right:  - ask: "
        "Tell it in your own words",
        "files-in-form": "Pictures and files are asked for in a step of their own, since Teams takes them only in "
        "the chat and not in a form. Right, as a step:  - ask: Screenshots or links  with  type: files",
        "flow-name": "A flow is called like its file, so that everybody finds it. Right, in report.yaml:  flow: report",
        "key-of-other": "This key belongs to another kind of step, and would do nothing here. Look at the list of "
        "verbs for what this one takes. Right:  do: raise  with  to: critical",
        "missing-key": "The step cannot work without this line. Every question needs an id, so that conditions can "
        "name it, and every choice needs options. Right:  id: danger",
        "never": 'Under "never:" stands one line for each command: what must not be true when it comes. Right:  '
        "open_case: wish is advice",
        "name-too-long": "Names travel along in every button, and Slack and Teams let only so much through. What people "
        "read may be longer. Right:  id: first_contact",
        "no-start": 'Under "start:" stands how people begin the flow: a command, words in the chat, an entry in a '
        "menu, or a case. A flow that only another one calls needs none. Right:  command: report",
        "no-steps": 'A flow is its steps. They stand below "steps:", one after the other. Right:  - say: Hello',
        "no-verb": "Each step begins with the one word that says what it does: say, ask, choose, consent, form, "
        "review, task, if, branch, call, wait, do, end. Right:  - say: Good that you are here",
        "not-a-flag": "This line is switched on or off, with the words true or false. Right:  required: true",
        "not-a-flow": "The file could not be recognised as a flow. The first line says for which version of Bistand "
        "it is written. Right:  bistand: 1",
        "not-a-list": "Here several things may stand. Single words stand in [ ], texts on lines of their own, each "
        "after a dash. Right:  visible_to: [owner, hr]",
        "not-a-map": "Options are one line each: a short word for conditions, and the text that people see. Right:  "
        "yes: Yes, I am",
        "not-a-name": "Names in flows are made of the letters a to z, digits and _ only, so that they can stand in "
        "conditions. What people read may hold anything. Right:  id: first_contact",
        "not-a-number": "Only a whole number can stand here, in digits. Right:  from: 1",
        "not-a-question": "In a form and in a record stand questions only: ask and choose. Other steps come before "
        "or after it. Right:  - ask: Tell it in your own words",
        "not-a-text": "Here one text or one word must stand, not a list or several lines with names. Right:  hint: "
        "Short is fine",
        "not-steps": "Steps stand below each other, each after a dash. Right:  - say: Hello",
        "remind-without-due": "A reminder comes some time before the task is due, so there must be a due time. "
        "Right:  due: 4 hours  with  remind: 30 min before",
        "reserved-id": "Some words have a meaning in conditions: is, in, not, and, or, nobody, skipped, answered, "
        "count, otherwise, nothing. A question called so could not be told from them. Right:  id: nobody_told",
        "role-manager": "The manager may be the one who did it, so no list of readers can name the manager. Whoever "
        "handles the case, often the manager, is the owner. Right:  visible_to: [owner, hr]",
        "scale": "A scale is a row of buttons from one number to another, at least two and at most eleven. Right:  "
        "type: scale  with  from: 1  and  to: 5",
        "text-too-long": "Slack and Teams show only so much in one message. Two shorter messages are read more "
        "easily, too. Right: a second  - say:  below the first",
        "too-deep": "Steps inside steps inside steps are hard to follow. Three blocks deep is the most; move the "
        "rest into a flow of its own. Right:  - call: advice",
        "too-many-fields": "A form with too many questions does not fit one window, and few people finish it. Make "
        "two forms of it. Right: two  - form:  steps, one after the other",
        "too-many-options": "More than ten options do not fit a button list, and are not read. Join some of them, "
        "or ask in two questions. Right: at most ten lines below  options:",
        "too-many-steps": "A flow of that many steps cannot be looked over by anybody. Split it, and let one flow "
        "call the other. Right:  - call: advice",
        "triage": "Triage says how soon somebody must act: one line a level from critical down to low, each with "
        "its condition, and what holds for the rest. Right:  low: otherwise",
        "two-verbs": "A step does one thing. Two verbs in one step would leave open which comes first; begin the "
        "second one with a dash of its own. Right:  - say: Hello  and below it  - end: Goodbye",
        "unknown-key": "Bistand does not know this line, and would do nothing with it. It is often a spelling "
        "mistake. Right:  required: true",
        "unknown-role": "Roles are the same everywhere: reporter, owner, hr, safety_rep, whistleblower_unit, "
        "on_call; and manager, in a consent only. Right:  visible_to: [owner, safety_rep]",
        "unknown-word": "Only some words may stand here, and this is none of them. Right:  type: paragraph",
        "version": "The number says for which version of the flow language the file is written, so that later "
        "versions can still read it. Right:  bistand: 1",
        "visible-to": "The flow must say who may read what people answer, before anybody answers. Consent narrows "
        "the list later, and never widens it. Right:  visible_to: [owner, hr]",
    }
)
