"""English, about who may know."""

from __future__ import annotations

from bot.core.languages.knowing import Knowing, Reading

ENGLISH_KNOWING = Knowing(
    sees="Here is who can see something of your case, and how much:",
    planned="Your report has not been sent. Nobody gets it before you have looked it over and said yes. "
    "Once you have, this is who can see something:",
    unsent="Your report has not been sent. Nobody gets it before you have looked it over and said yes. "
    "You choose who may know.",
    chose_nobody="You chose to tell nobody, and I have told nobody.",
    line="**{person}** ({why}): {what}",
    whys={
        "ticked": "{role}",
        "deputy": "stands in for {person}, {role}",
        "named": "chosen by you",
        "reader": "reads, since you said yes",
        "paged": "on call",
        "alerted": "was asked before",
        "fallback": "steps in when nobody has a case",
    },
    owner="looks after your case and can read what you told.",
    first="is asked to look after it, and can read what you told.",
    part="can read only what is meant for {roles}.",
    case="may know that there is a case. Can read what you told only as the one who looks after it.",
    case_over="knows that there was a case, and can read nothing.",
    call="was asked to call you, and can read nothing.",
    on_call="is called when it is urgent, and can read only what is meant for that call.",
    was_called="was asked to call you, and can read only what is meant for that call.",
    no_owner="knows only that some case has nobody, not whose and not what it is about.",
    has_read="Has read it.",
    not_read="Has not read it yet.",
    not_your_name="I show them \u201cthe employee\u201d instead of your name.",
    unless_danger="You can change that at any time. If a life may be in danger, two of those who may know can ask "
    "me for your name together. You are told first who they are and why. If you say no, I tell them nothing. "
    "If I hear nothing from you for 15 minutes, I tell those two.",
    name_others="Everybody else sees \u201cthe employee\u201d instead of your name.",
    left_out="Left out, and can see nothing: {persons}. I do not tell them that they are left out.",
    below="everybody who reports to {person}",
    narrowed="You have left out {persons}. They can see nothing any more. "
    "What they had seen before, they may remember.",
    nobody_else="Nobody else at work can see any of it.",
    platforms={
        "simulation": "This is a simulation: what you write here stays on this machine.",
        "slack": "About Slack: those who own the workspace, and IT at {organisation}, may be able to export what "
        "stands in this chat. What you write in a form I keep sealed, outside the chat.",
        "teams": "About Teams: IT at {organisation} may be able to search what stands in this chat, "
        "also after it was deleted. What you write in a form I keep sealed, outside the chat.",
        "": "About this chat: those who run it for {organisation} may be able to see what stands in it. "
        "What you write in a form I keep sealed, outside the chat.",
    },
    keys="What I keep sealed opens only with the keys on the machine that I run on. "
    "Whoever looks after that machine could get at them; that is out of my reach.",
    for_handlers="In case {reference} these may know something: {roles}. Please talk about it with nobody else.",
    nothing_for_you="There is nothing here for you to see.",
    change="Change who may know",
    change_title="Who may know?",
    change_who="These may know",
    change_who_hint="Whoever you leave out can see nothing from then on. Whoever you add hears of it only when needed.",
    change_name="Your name",
    change_name_hint="They then read \u201cthe employee\u201d, and write to you through me.",
    hide_name="They may know what happened, but not who I am",
    option="{role}: {persons}",
    away="{person} (away just now)",
    before_sending="Nothing has been sent yet. I ask you who may know before anything is.",
    unchanged="All right. Everything is as it was.",
    changed="It is as you want it now.",
    out_read="{persons} can see nothing from now on. They had read it already. I am sorry that I cannot undo that.",
    out_heard="{persons} can see nothing from now on. They had heard that there is a case, and had not read it.",
    out_unheard="{persons} had heard nothing, and will hear nothing.",
    added="{persons} may know from now on. I tell them when they are needed, not before.",
    name_hidden="From now on I write \u201cthe employee\u201d instead of your name.",
    name_known="{persons} had seen your name already. I am sorry that I cannot undo that.",
    name_open="From now on those who may know can see your name.",
    name_to_owner="The employee in case {reference} would like you to know who it is: {person}.",
    nobody_sure="Then nobody at work may know, and nobody at work can help you with this.\n\n"
    "You can take your report back. Or I keep the case, and somebody is told only that a case has nobody: "
    "not whose it is and not what it is about. What would you like?",
    nobody_withdraw="Take my report back",
    nobody_keep="Keep it, nobody may know",
    nobody_back="Leave it as it was",
    nobody_kept="I keep it, and nobody may know. When you want help, write *change who may know*.",
    not_yours_now="Case {reference} is not with you any more, so there is nothing more for you to do in it. "
    "Please do not ask why. If you know of a danger, you may still have to act on it.",
    stays="What stays: that there was a case, when it was, and what was done in it. "
    "What you told stays locked, and nobody at work can open it any more.",
    had_read="{persons} had read it. If they know of a danger, they may still have to act on it.",
    no_pressure="You never have to take something back because somebody else wants it. If that is how it was, "
    "write *report* and choose other people. Help outside work is there too: write *emergency*.",
    ask_name="Ask to know who it is",
    ask_name_why="Why may a life be in danger?",
    ask_name_hint="The employee gets to read this, word for word.",
    ask_name_only="The name can be asked for only when a life may be in danger, "
    "in a case that must be handled at once.",
    ask_name_alone="It takes two people who may know this case, and there is no second one just now. "
    "If a life is in danger, do not wait: call for help.",
    ask_name_sent="I have asked for a second person. The name is shown only if that person agrees, "
    "and after the employee has been told.",
    agree_question="{person} asks to know who wrote to me in case {reference}, because a life may be in danger. "
    "Do you agree? The employee is told who asked, who agreed and why.",
    agree="I agree",
    disagree="I do not agree",
    agree_noted="Thank you. I am telling the employee now.",
    reason="Why",
    not_agreed="Case {reference}: it was not agreed to ask for the name, so it stays hidden.",
    you_are_asked="{asker} and {second} fear that a life is in danger, and would like to know who you are. "
    "You decide. If you say no, I tell them nothing. If I hear nothing from you within 15 minutes, "
    "I tell the two of them your name, and nobody else.\n\nIf you are in danger, call **{emergency}** now.",
    tell_name="Tell them my name",
    keep_name="Do not tell them",
    name_kept="All right. I have not told them your name, only that you have answered.",
    name_refused="Case {reference}: the employee has answered, and would like to stay without a name.",
    name_is="Case {reference}: the employee is {person}. Please use this for the danger that you told of, "
    "and for nothing else.",
    name_told="I have told {persons} your name, and nobody else.",
    name_no_more="That question is not open any more.",
    draft_notice="You began to tell me something, and it was never sent. I delete it on {when}. "
    "Would you like me to keep it? Then write to me, or press the button.",
    draft_keep="Keep it",
    draft_kept="All right. I keep it.",
    draft_dropped="I have deleted what you began to tell me. It was never sent, and nobody has read it. "
    "You can always come back: write *report*.",
)

ENGLISH_READING = Reading(
    title="May one more read it?",
    question="{handler} would like **{person}** to read what you told, and what you add later. {person} would only "
    "read. It is yours to decide, and you can take a yes back at any time. If you say no, or nothing at all, "
    "I tell nobody, and nothing changes for you.",
    may="May {person} read what you told?",
    why="What it is for: {why}",
    thanks="Thank you. {person} can read what you told now. You can take it back at any time: "
    "write *change who may know*.",
    kept="All right. {person} gets nothing to read, and I tell nobody what you answered.",
    too_late="I am sorry: that cannot be done any more. {person} has not been told anything.",
    reads="May only read",
    can_read="can read what you told.",
    reads_now="{persons} can read what you told from now on.",
    asked="I am asking the employee if this person may read what was told. A yes will stand on the case's card. "
    "Please do not ask about it yourself: it is for the employee to decide.",
    asked_before="The employee has been asked about this person before, and I ask only once. "
    "A yes stands on the case's card.",
    cannot_ask="I cannot ask for this person here.",
    told="In case {reference} something was told in confidence, and you may read it. Please keep it to yourself. "
    "If you have questions, ask {person}, and nobody else.",
    handlers="those who look after the case",
)
