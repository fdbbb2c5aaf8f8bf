"""The adapter's own words in English."""

from __future__ import annotations

from adapters.teams.wording import Words

ENGLISH = Words(
    bistand="Bistand",
    waiting="Waiting for your answer",
    progress="Question {number} of {of}",
    pick_one="Choose one",
    pick_many="Choose all that fit",
    pick_first="Please choose one first.",
    send="Continue",
    search="Type a name",
    write_here="Write your answer in the message field below.",
    attach="Add files",
    open_file="Open {name}",
    chosen="Chosen before: {options}",
    shortened="Long texts are shortened here.",
    shortened_read="Long texts are shortened here. Press *{read}* to see them whole.",
    and_more="And {count} more, which do not fit here.",
    mend="Please look at what is marked below. What you wrote still stands here.",
    name_typed="Or write the name here, if the list does not have it",
    clock="Time of day, if you know it",
    too_long="Only the first {count} characters fit here. The rest can go in a file.",
    pick="Choose",
    fill_in="Please fill this in.",
    go_on="Read on ({page} of {of})",
    noted="Thank you.",
    failed="Something went wrong on our side. Nothing is lost. Please press again.",
    failed_form="Something went wrong on our side. What you wrote still stands here. Please send it again.",
    in_chat="I have written to you in our private chat. Nobody else can read it there.",
    gone="This button is not in use any more. In our private chat you see how things stand.",
    your_cases="Your cases",
    cases_here="Press to see your cases. They are shown to you alone, and are not kept in the chat.",
    attach_here="Please add your files here in the chat: press **+** or the paperclip at the message field, "
    "choose them "
    "and send. I put them with your answers and keep them sealed.",
    files_failed="I could not get your file from Teams, so nothing of it is kept. Please add it once more.",
    no_file="I cannot find this file for you.",
    file_offered="Only you can open it. Teams puts it into your own OneDrive, if you allow it.",
    file_shown="The file is in your OneDrive now, in the folder *Applications*. Delete it there when you need "
    "it no more.",
    file_declined="I have not sent it. You find it with the case.",
    teams_keeps="Teams keeps what you write in this chat. You can delete it yourself: hold or point at your "
    "message, and "
    "choose *Delete*. What you write in a form does not stay in Teams.",
    teams_keeps_files="Teams keeps the files that you send here, in your OneDrive. You can delete them there yourself. "
    "What I have kept stays with your answers.",
    stranger="I could not find you among the people who work here, so I cannot take a report from you. If you "
    "work here, "
    "please ask HR to add you, without saying why.\n\nIf you are in danger, call **{emergency}** now.",
)
