"""English."""

from __future__ import annotations

from bot.core.languages.commands_en import ENGLISH_LABELS, ENGLISH_WORDS
from bot.core.languages.knowing_en import ENGLISH_KNOWING, ENGLISH_READING
from bot.core.languages.phrases import Phrases
from bot.core.languages.review_en import ENGLISH_REVIEW
from bot.core.languages.standing_en import ENGLISH_AT_WORK, ENGLISH_OWN
from bot.core.levels import Level

ENGLISH = Phrases(
    code="en",
    name="English",
    called=("english", "engelsk"),
    words=ENGLISH_WORDS,
    labels=ENGLISH_LABELS,
    yes="Yes",
    no="No",
    nobody="Nobody",
    send="Save",
    open_form="Open form",
    done="That is all",
    not_listed="Not on the list",
    rather_not="I would rather not say",
    doubt="Did you mean **{option}**?",
    doubt_many="Which one did you mean?",
    no_match="I am not sure where that belongs. Please choose one of the answers.",
    stands_alone="**{option}** stands alone. Please choose it by itself, or leave it out.",
    choose_several="You can choose several. If you write them, put commas between.",
    cannot_skip="I need an answer to this one to go on. You can also take a break, or stop.",
    not_answered="Not answered",
    saved="Thank you. I have saved it.",
    moved_into_form="I have kept what you wrote and put it in the form. Open the form to look it over and save it.",
    too_long="That is longer than I can keep in one piece. Please make it shorter. "
    "The rest can go in a file when I ask for files.",
    required_field="Please answer this one.",
    not_a_number="Please write a number, like 4.",
    out_of_scale="Please choose a number from {low} to {high}.",
    not_a_date="Please give a day that I can read, like yesterday or last Monday.",
    not_a_moment="Please give a day that I can read, like yesterday or last Monday. "
    "If you know the time, you can add it, like: yesterday at 14:30.",
    not_a_time="Please write a time, like 14:30.",
    not_an_email="That does not look like an e-mail address. One looks like name@example.org.",
    not_a_phone="That does not look like a phone number. You can use digits, spaces and +.",
    not_a_url="That does not look like a link. One begins with https://",
    in_future="That has not come yet. Please check the date and the time.",
    person_unknown="I cannot find anybody by that name. Write the full name, or choose one of the answers.",
    cannot_be_asked="I cannot ask that person just now. Please choose somebody else.",
    files_wanted="You can attach files here, one or several. If you have none, you can skip this.",
    files_received="Files kept so far: {count}. You can attach more, or choose *That is all*.",
    file_refused="I could not keep that file: {reason}",
    file_empty="there is nothing in it.",
    file_too_large="it is too large. I can take up to {most} MB. A smaller picture, or a part of it, is fine.",
    file_wrong_type="I cannot take that kind. I can take: {types}. A screenshot works too.",
    words_wanted="Please write it in words.",
    nothing_to_attach="I was not expecting a file just now, so I have not kept it. "
    "You can attach it when I ask for files.",
    role_names={
        "reporter": "you",
        "owner": "the person who handles the case",
        "hr": "HR",
        "safety_rep": "safety representative",
        "whistleblower_unit": "whistleblower unit",
        "on_call": "the person on call",
        "manager": "your manager",
        "deputy": "deputy",
        "fallback": "steps in when nobody has taken a case",
        "named": "chosen by you",
    },
    nobody_left="There is nobody here whom I could tell in confidence. "
    "You can get help outside work: write *emergency* to see where.",
    review=ENGLISH_REVIEW,
    review_sent="This has been sent, so I cannot delete it here. "
    "If it is your own report, you can take it back: write *withdraw*.",
    stopped="I have stopped. No report has been sent.\n\n"
    "I keep your answers sealed. Nobody gets to read them unless you say so. You can go on later, or delete them.",
    stopped_open="I have stopped asking. The case itself goes on. You can go on here when you like.",
    not_sent="Not saved and not sent yet: **{form}**. Nobody else can read it.",
    deleted="I have deleted your answers and my messages. "
    "What you typed straight into this chat I cannot remove. You may be able to delete it yourself.",
    paused="Take the time you need. I will keep your place. Write *resume* when you want to go on.",
    resumed="Welcome back. We will go on where you were.",
    nothing_back="This is the first question, so there is nothing to go back to.",
    sent_is_sent="What came before this has been sent, so I cannot go back to it.",
    help="You can write these at any time: *back*, *skip*, *pause*, *resume*, *stop*, *language*, "
    "*who can see this?* or *emergency*.\n\n"
    "*cases* shows what you have reported and what you look after. *hide* removes my messages from this chat. "
    "*withdraw* takes back a report that you have sent.\n\n"
    "Write *report* to tell me about something new.",
    emergency="If you are in danger, call **{emergency}** now. You do not have to finish this first.",
    emergency_case="You can go on here when you are safe.",
    language_which="Which language would you like?",
    language_set="I will write in English from now on.",
    report_title="What was told",
    nothing_to_read="There is nothing here for you to read yet.",
    hidden="I have removed my messages here. "
    "What you typed yourself I cannot remove. You may be able to delete it yourself.",
    hidden_resume="Write *resume* to go on.",
    stale="That button belongs to an earlier question. Here is where we are:",
    repeated="I have that already.",
    not_yours="That button does nothing here any more. Write *report* if there is something new.",
    ended="That talk has ended. Write *report* if there is something new.",
    which_talk="I want to be sure where this belongs. Which one is it for?",
    greeting="Hello. I am Bistand, a bot that helps when somebody at {organisation} is harassed or threatened.\n\n"
    "Write *report* to begin. No report is sent before you say so. If it is urgent, write *emergency*.",
    greeting_told="Thank you for writing. I am Bistand, a bot that helps when somebody at {organisation} is "
    "harassed or threatened.\n\nIf it is about something like that, press a button below. We go one step at a time. "
    "I have not kept what you wrote yet: you can put it in the form that comes in a moment. "
    "No report is sent before you say so. If it is urgent, write *emergency*.",
    kept_for_form="Thank you. I have kept that for the form that comes later. Please choose one of the answers first.",
    told_kept="Thank you for telling me. I have kept it and shown it to nobody. It will stand in the form in a moment.",
    unfinished="You began one before, and I have kept it. Do you want to go on with it?",
    go_on="Go on with it",
    start_new="Begin a new one",
    task_done="Done",
    task_later="Later",
    task_help="Ask for help",
    task_not_relevant="Not relevant",
    task_how="How",
    task_say="You can say",
    task_avoid="Please avoid",
    task_due="Do this by",
    task_deadline="Deadline",
    task_reason="Reason",
    task_reason_ask="What makes this not relevant here? A few words are enough.",
    task_later_said="All right. It stays on your list. Please do it before {when}.",
    task_later_plain="All right. It stays on your list.",
    task_help_said="I am asking {person} to help you with this. It stays on your list.",
    task_help_nobody="There is nobody I can ask just now. It stays on your list.",
    task_closed="**Done:** {task}",
    task_marked="**Not relevant:** {task}",
    task_required="This one cannot be left out. If something stands in the way, ask for help.",
    tasks_open="Before we go on, these still wait for you:",
    reminder="A reminder: **{task}**. Please do it before {due}.",
    reminder_many="While I was away, these came up. They still wait for you:",
    overdue="The time for **{task}** has passed, so I am asking for more help. You can still do it.",
    chase="{who} still needs this from you, case {reference}:\n\n{tasks}\n\n"
    "If you cannot get to it now, that is all right: you can give the case to somebody else.",
    cases_own="What you have told me:",
    cases_at_work="Cases at work that you may see:",
    cases_more="And {count} more. They come up here when these are done.",
    cases_none="You have no open cases here. Write *report* to tell me about something.",
    cases_alike="These {count} share a link or a sender, so they may belong together. {person} leads. "
    "Each is its own case: please tell nobody of the others.",
    alike="Another report seems to belong together with case {reference}. Write *cases* to see both.",
    card_open="Open",
    card_own="Your report **{reference}**",
    card="Case **{reference}**",
    card_employee="Employee",
    card_shared="May read it, too",
    card_answer_by="Answer before",
    card_steps="Steps",
    card_steps_done="{done} done, {left} to do",
    card_read="Read what was told",
    card_who="Who can see this?",
    card_withdraw="Take my report back",
    card_over="This case has ended, so there is nothing more to do here.",
    status_own=ENGLISH_OWN,
    status_at_work=ENGLISH_AT_WORK,
    status_yours="It is yours.",
    affected_asked="Thank you for looking out for your colleague. I am asking them gently now, without your name. "
    "From here on it is theirs to decide, and I tell nobody what they choose, not even you.\n\n"
    "You can still be there for them. If there is danger, call **{emergency}**, and write *report* to tell me.",
    the_employee="the employee",
    an_employee="An employee",
    your_manager="your manager",
    their_manager="the employee's manager",
    the_deadline="the deadline",
    somebody="somebody at work",
    not_shared="(not shared with you)",
    levels={
        Level.CRITICAL: "at once",
        Level.HIGH: "within hours",
        Level.MEDIUM: "within one working day",
        Level.LOW: "within two working days",
    },
    alert="{who} has told me about an incident and needs you.",
    alert_again="{who} has told me about an incident and still needs somebody, so I am asking you now.",
    alert_raised="{who} needs you now: it has become more urgent.",
    alert_no_help="{who} needs more help than there has been so far. Please get in touch now. "
    "I am asking somebody else as well.",
    alert_help="{owner} may need help with a case. You can take it over, or ask {owner} what would help.",
    alert_handed="{owner} would like you to take over a case.",
    alert_reopened="{who} says that it is not over, and could use your help again.",
    alert_before="Please answer here before {when}.",
    alert_waits="{who} still waits for your answer, case {reference}. Please use a button of my message above "
    "before {when}.",
    alert_reference="Case",
    alert_level="How soon",
    alert_take="I will take this",
    alert_decline="I cannot take this",
    alert_taken_by="Thank you. This is with {person} now.",
    alert_you_took="Thank you for taking this.",
    alert_gone="Thank you. There is nothing more for you to do here.",
    fallback="A case has nobody who looks after it just now. I may not tell you more than this, "
    "so please do not look for who it is. "
    "The employee decides who else may know. Have you seen this?",
    alert_goes_on="Thank you. {person} goes on with this.",
    fallback_stalled="A case stands still and needs somebody else. I may not tell you more than this, "
    "so please do not look for who it is. "
    "The employee decides who else may know. Have you seen this?",
    fallback_noted="Thank you. I will write to you again if it stays so.",
    page="{who} may be in danger and has asked for a call **at once**.",
    page_night="{who} needs somebody outside working hours. Please call **now**.",
    page_take="I am calling now",
    page_yours="Thank you. Please call **{who}** now.",
    page_again="I have asked again. Please use the button of the newest message.",
    page_taken="You will get a call from {person} now. If it gets worse, do not wait: call **{emergency}**.",
    page_nobody="Nobody on call has answered yet. If you are in danger, do not wait: call **{emergency}** now.",
    nudge="Bistand needs you",
    nudge_open="Something waits for you in Bistand. Please open it in your chat.",
    nudge_why="This mail says no more on purpose. Please do not answer it: nobody reads the answers.",
    night_calling="Nobody is at work just now, so I am calling {person}. "
    "If you are in danger, do not wait: call **{emergency}**.",
    night_nobody="Nobody is at work just now. I ask them all the same, but it can take until {when} before "
    "somebody answers. If you are in danger, call **{emergency}**. These listen to you, too:",
    taken="Your report has reached {person}, who takes care of it from here.",
    hear_by="{person} is asked to get in touch with you before {when}.",
    came_late="For a while messages did not get through, so it took longer to reach {person}. "
    "I wait for an answer until {when}.",
    climbed="I am asking {person} to help with your report now. You do not have to do anything.",
    goes_on="{person} goes on with your case.",
    needs_another="Somebody else has to go on with your case, and I can reach none of the others you chose just now. "
    "I am sorry. You do not have to chase anybody.",
    nobody_more="I am sorry: there is nobody else here whom I may ask just now. "
    "You can get help outside work: write *emergency* to see where.",
    nobody_answered="None of the people you chose has answered yet. I am sorry. You do not have to chase them.",
    stands_still="I would like to ask somebody more to help with your case. {owner} still has it, "
    "and you do not have to chase anybody.",
    nobody_reached="None of the people you chose can be reached just now. I am sorry.",
    ask_more="May I ask somebody else? They would get to know the same as the people you chose.",
    ask_more_wait="No, wait a little",
    ask_more_thanks="Thank you. I am asking {person} now.",
    ask_more_waiting="All right. Those you chose can still answer, and I will tell you when somebody does.",
    open_refused="I have not sent this: there is nobody here whom I could tell in confidence. I am sorry. "
    "Your answers are still sealed.\n\n"
    "You can get help outside work: write *emergency* to see where.",
    help_wanted="Case {reference}: {who} handles it and would like your help with a step. Please get in touch.",
    handed_over="This case has been handed over. Thank you for what you did.",
    handed_waits="I am asking {person} to take over. Until that has happened, the case is still yours.",
    handed_next="I am asking somebody else to take over. Until that has happened, the case is still yours.",
    handed_asked="I am asking the employee first if {person} may know. Until then the case is still yours.",
    handed_refused="I cannot ask that person just now. The case is still yours, and you can choose somebody else.",
    handed_no="It cannot go to {person}. The case is still yours, and you can choose somebody else.",
    handed_not_taken="{person} has not taken the case, so I am asking somebody else. Until then it is still yours.",
    ask_handing="{owner} would like {person} to go on with your case. "
    "{person} would get to know the same as the people you chose. Is that all right?",
    ask_handing_no="All right. Your case stays with {owner}.",
    ask_assigning_no="All right. I go on asking those you chose.",
    assigned_waits="I am asking {person} to take the case. If there is no answer in time, I ask others.",
    assigned_asked="I am asking the employee first if {person} may know. Until then the case waits as before.",
    assigned_refused="I cannot ask that person just now. The case stays as it is.",
    assigned_no="It cannot go to {person}. The case waits as before, and you can choose somebody else.",
    hand_over_title="Hand over",
    hand_over_who="Who is to take over?",
    hand_over_note="What will help them to go on well?",
    hand_over_none="You have no case just now that somebody else could take over.",
    recuse_title="Somebody else takes over",
    recuse_note="Is there something that whoever takes over should know? You do not have to give a reason.",
    recused="Thank you for saying so. Somebody else takes over. I write to you no more about it.",
    note_before="A note from whoever had the case before",
    away="{person} is away until {day}.",
    away_open="{person} is away for now.",
    unreached="I cannot reach {person} here just now.",
    away_deputy="{deputy} stands in.",
    case_closed="{person} has closed your case, so nobody works on it any more. If it is not over for you, or you do "
    "not agree, press the button or write *it is not over* within {days} days. Then it opens again, and you do not "
    "have to say why. If something new happens, write *report*, whenever it is.",
    whoever_had_it="Whoever had it",
    not_over="It is not over",
    not_closed="You have no closed case here that I could open again. If there is something you want to tell, "
    "write *report*.",
    closed_long_ago="That case was closed a while ago, so I begin a new one with you: write *report*. "
    "You can say there that it goes on.",
    reopened_with="Thank you for telling me. Your case is open again, and I am asking {person} to go on with it. "
    "You do not have to do anything.",
    no_open_steps="none",
    case_withdrawn="I have withdrawn your report and am telling those who knew of it. "
    "You can always come back: write *report*.",
    withdrawn_told="The employee has withdrawn case {reference}, so your steps in it end here. Please do not ask why. "
    "If you know of a danger, you may still have to act on it.",
    case_reopened="Thank you for telling me. Your case is open again, and I am asking somebody to look at it.",
    owner_gone="The person who had your report can no longer look after it.",
    reporter_gone="I can no longer reach the employee of case {reference} here. The case stays with you: "
    "what was told still counts, and others may need what you do.",
    skip_sure="What you wrote here still waits in the form. If you skip it, I leave out what you wrote. "
    "Do you want to skip it?",
    delete_sure="This deletes what you have told me here. It cannot be undone. Do you want to delete it?",
    withdraw_sure="This withdraws your report. I tell the people who know about it, and you are asked "
    "nothing more. Do you want to withdraw it?",
    withdraw_ask="I find no report of yours to withdraw.",
    unchanged="All right. I have changed nothing.",
    knowing=ENGLISH_KNOWING,
    reading=ENGLISH_READING,
)
