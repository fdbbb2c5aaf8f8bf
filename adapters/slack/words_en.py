"""The adapter's own words in English."""

from __future__ import annotations

from adapters.slack.wording import Words

ENGLISH = Words(
    waiting="Waiting for your answer",
    progress="Question {number} of {of}",
    send="Continue",
    search="Type a name",
    write_here="Write your answer in the message field below.",
    attach="Add files",
    open_file="Open {name}",
    chosen="Chosen before: {options}",
    details="There is more in the message.",
    shortened="Long texts are shortened here.",
    and_more="And {count} more, which do not fit here.",
    close="Close",
    cancel="Not now",
    bistand="Bistand",
    continued="{label} (continued)",
    at_what_time="{label} (time of day, if you know it)",
    too_long="Only the first {count} characters fit here. The rest can go in a file.",
    pick="Choose",
    files_title="Add files",
    files_label="Which files?",
    files_hint="Up to ten at a time, such as screenshots. I put them with your answers and keep them sealed.",
    files_send="Add",
    slack_keeps="Slack keeps what you write in this chat. You can delete it yourself: hold or point at your message, "
    "and choose *Delete message*. What you write in a form does not stay in Slack.",
    only_private="I only talk in private, so that nobody else can read along. Please press my name, or find me under "
    "*Apps*, and write to me there.",
    stranger="I could not find you among the people who work here, so I cannot take a report from you yet. "
    "Please ask HR to add you, without saying why.\n\nIf you are in danger, call **{emergency}** now.",
    guest="You are a guest in this Slack, and I can only help people who work here. Please talk to somebody you trust "
    "where you work.\n\nIf you are in danger, call **{emergency}** now.",
    failed="Something went wrong on our side. Nothing is lost. Please press again.",
    press_again="That took a moment too long for Slack. Nothing is lost. Please press again.",
    home_intro="I help when somebody at work is harassed or threatened. We go one step at a time, and no report is "
    "sent before you say so.",
    home_cases="Your cases",
    home_no_cases="You have no open cases.",
    failed_form="Something went wrong on our side. What you wrote still stands here. Please send it again.",
    slack_keeps_files="Slack keeps the files that you send here. You can delete them there yourself: hold or point at "
    "the file, and choose *Delete file*. What I have kept stays with your answers.",
    files_late="I have not got your file from Slack yet. I try again by myself. If you hear nothing from me within "
    "ten minutes, please attach it once more.",
    files_late_form="Your files are still on their way. Please press once more in a moment.",
    in_chat_title="Let us go on in the chat",
    in_chat="I have written to you in our private chat. Nobody else can read it there.",
    no_file="I cannot find this file for you.",
    file_shown="The file stands above, in our private chat. Slack keeps it there until you take it away.",
    remove_file="Take it away from Slack",
    file_removed="The file is gone from our chat. It is still kept with the case.",
)
