"""The rules between steps and between flows, in the words of those who write them; each with a right example."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_ORDER = {
    "asked-elsewhere": "The question is asked on another path than this one, so that here it never has an answer. "
    "Ask it before the paths part, or move this step to that path. Right: the question stands above the if: or "
    "branch:",
    "asked-later": "A step can only use answers that have been given when it comes. Move the question up or this "
    "step down. Right: first  - choose: ... id: kinds,  below it  when: threat in kinds",
    "same-form": "All questions of a form are shown at once, so that none of them can depend on the answer to "
    "another one of the same form. Ask it after the form. Right: a step of its own below the form, with its when:",
    "task-still-open": "A task stands open until somebody has done it, while the flow goes on. What is recorded "
    'when it is done can be used in the task\'s own "then:", or behind a wait, an end or do: close, which come only '
    "when all tasks are done. Right:  then:  and below it  - do: raise  with its when:",
    "unreachable": "Nothing leads to this step: every path has come to an end before it. Take the step away, or "
    "move it above the end. Right:  - say: Thank you  and below it  - end: Goodbye",
    "too-many-says": "Nobody reads so many messages in a row. Ask something in between, or leave some out. Right: a "
    "few  - say:  and then a question",
}
_COMMANDS = {
    "case-without-consent": "A case tells other people what somebody has been through. So nobody can open one "
    "without having said who may know, whatever way they went through the flow. Right:  - consent: Who may know?  "
    "above it",
    "case-without-review": "Before anything is sent, people look over what they have answered, and can change it. "
    "That holds on every way through the flow. Right:  - review: Is this right?  just above  - do: open_case",
    "page-without-consent": "Whoever is on call is told somebody's name and that they may be in danger. The person "
    "must have been asked first. Right: a consent with  on_call: Yes, call {on_call.name}  above it",
    "page-without-way": "Whoever is on call is told of danger. A chat is read when it is read, and not at all while its "
    "platform is down; so calling needs a mail or a pager. Right, in app.yaml:  pager:  and below it  "
    "url: https://pager.example.org/hooks/bistand",
    "consent-audience": "Who may know is for the reporter to say, and for nobody else. A flow that talks with the "
    "owner cannot ask it. Right, at the top of the flow:  audience: reporter",
    "consent-without-name": "Before people have said who did it, they may tick the very person without knowing it. "
    "So the option shows the name of that person. Right:  manager: My manager, {manager.name}",
    "nobody-to-tell": "If people first say who may know and then who did it, the two may be the same person, and "
    "the case would be opened with nobody to handle it. Ask who did it first; the consent leaves that person out by "
    "itself. Right:  - choose: Who did it?  above  - consent: Who may know?",
}
_CONDITIONS = {
    "unknown-question": "No question has this id, so that the condition could never hold. It is often a spelling "
    "mistake. A question of another flow is written with the flow's name. Right:  report.who is customer",
    "unknown-option": "The question has no such option, so that the condition could never hold. Use the short word "
    "before the option's text. Right, for the option  now: Yes, I am:  danger is now",
    "several-answers": "People can choose several answers to this question, so it is never just one of them. Use "
    '"in". Right:  extortion in kinds',
    "one-answer": 'This question has one answer, so there is nothing to look inside. Use "is", or a list in [ ]. '
    "Right:  who is customer",
    "no-options": "This question is answered in words, a number, a time, a person or files. It has no options to "
    "compare with. Right:  answered(story)",
    "no-number": "Only a number or a scale can be more or less than something. Right:  fear >= 4",
    "nothing-to-count": "Only several ticks or files can be counted. Right:  count(kinds) >= 2",
    "off-scale": "The scale never reaches this number, so that the condition always or never holds. Right, for a "
    "scale from 1 to 5:  fear >= 4",
    "never-skipped": "The question is required, so that nobody can skip it. Take this away, or let people skip the "
    "question. Right: no  required: true  at the question",
    "to-no-person": "A case is handed over to somebody, or shared with somebody, so the question that to: names must ask "
    "for a person. Right, at that question:  type: person",
    "why-no-words": "The reporter reads what somebody is needed for in the words of the one who asks. Right, at that "
    "question:  type: paragraph",
    "listed-twice": "The same option stands twice in one list. Perhaps another one was meant. Right:  who in "
    "[customer, unknown]",
    "case-missing": "A branch says what happens for every answer, and for a question that was skipped. What is left "
    "out would go on as if nothing had been asked. Right:  skipped: nothing",
    "case-twice": "An option can have one case only; the second one would never be used. Right:  a, b:  for both",
    "otherwise-for-nothing": "Every answer has a case of its own, so that this one never comes. Right: no  otherwise:",
}
_NAMES = {
    "id-twice": "An id names one thing in a flow: a question, a form, a task. With two of the same name nobody "
    "could say which is meant. Right:  id: colleague  and  id: colleague_knows",
    "flow-twice": "Two files hold a flow of the same name, and only one could be used. Right: each name once",
    "unknown-flow": "There is no flow of this name among the files. It is often a spelling mistake. Right:  call: "
    "advice",
    "reads": "A flow that uses another flow's answers says so at its top, so that everybody sees where answers go. "
    "Right:  reads: [report]",
    "call-audience": "A call goes on with the same person, so both flows must be for the same one. To begin a talk "
    "with somebody else, start the flow. Right:  - do: start  with  flow: check_in",
    "call-circle": "These flows call each other in a circle, and a talk would never end. What comes back is started "
    "again later. Right:  - do: start  with  after: 1 week",
    "start-audience": "The started flow says whom it talks with, and the step must say the same. Right:  with: "
    "reporter  for a flow with  audience: reporter",
    "never-asked": 'A flow with "case: asked" begins only when another flow starts it, and none does. Right, in the '
    "other flow:  - do: start  with  flow: check_in",
    "start-when": "A condition at the start chooses which flow a new case gets. The other ways are always open. "
    "Right:  case: opened  with  when: report.who is customer",
    "button-for": "A button on a case's card begins a flow, and  for:  says whose card that is. It means nothing "
    "without the button. Right:  button: Write a note  with  for: [owner, hr]",
    "button-audience": "Whoever presses the button is whom the flow talks with: the employee who reported, or those "
    "who handle the case. Right:  audience: owner  with  for: [owner, hr]",
    "word-of-bot": "The bot understands this word at any time, in every language, such as stop, help and back. A "
    "flow that began with it could not be reached. Right:  words: [harassed, threatened]",
    "word-twice": "This word or command begins another flow already, and only one of them could begin. Right: each "
    "word in one flow only",
}
_TEXTS = {
    "unknown-placeholder": "Between { and } stands something that the bot fills in, and it knows nothing of this "
    "name. Known are the answers of the flow, and names such as {manager.name}. Right:  {case.reference}",
    "no-phone-number": "The country pack has no number for this help line, so people would read an empty place. Its "
    "text says how to get in touch. Right:  {help.police.text}",
    "stray-brace": "{ and } stand around what is filled in, and for nothing else: small letters, digits, _ and "
    "dots, without spaces. Right:  {manager.name}",
    "placeholder-in-title": "Titles and menu entries are shown before a talk has begun, when there is nothing to "
    "fill in. Right:  title: Report harassment",
    "not-theirs": "What people answer is for those whom the question's list of readers names. A text, a condition "
    "or a branch for anybody else would tell it all the same. Right:  visible_to: [owner, hr]  at the question",
    "reporter-decides": "Whom a case is shared with, and what for, is shown to the reporter, who says yes or no. So the "
    "list of readers of both questions must name the reporter. Right:  visible_to: [reporter, owner]  at the question",
    "option-too-long": "Longer texts are cut off on buttons and in lists. Say it shorter, or put the rest in the "
    "hint. Right:  hint:  below the question, for what needs explaining",
    "same-option": "Two options that read alike cannot be told apart, neither on the screen nor when people type "
    "the answer. Right: a text of its own for each option",
    "one-option": "A question with one option cannot be answered in any other way. Right: two options or more",
    "title-too-long": "The title of a form stands in one line, and longer ones are cut off. Put the rest in the "
    "hint. Right:  - form: What happened",
    "button-too-long": "The button below a form is small. Say in two or three words what happens when it is pressed. "
    "Right:  button: Close the case",
}
_TASKS = {
    "task-audience": "A task is a piece of work for whoever handles the case. People who report are never given "
    "any. Right, at the top of the flow:  audience: owner",
    "share-audience": "Reporters let others know by their consent, and change it whenever they want. To share is a wish of "
    "whoever handles the case, and the reporter is asked. Right, at the top of the flow:  audience: owner",
    "unknown-deadline": "Deadlines and where they come from stand in the country pack, and this one does not. "
    "Right:  deadline: police",
    "deadline-start": "The deadline counts from a moment that somebody has told, and no question of this flow, or "
    "of those it reads, asks for it. Right, at that question:  means: incident_time",
    "remind-too-early": "The reminder would come before the task has been shown, at least for the level with the "
    "shortest time. Right:  due: 4 hours  with  remind: 30 min before",
}
RULES: Mapping[str, str] = MappingProxyType({**_ORDER, **_COMMANDS, **_CONDITIONS, **_NAMES, **_TEXTS, **_TASKS})
