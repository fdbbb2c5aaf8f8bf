// Every word of the page itself, in English and Danish. What the bot says comes from the server.

const LANGUAGES = ["en", "da"];

const WORDS = {
  simulator: ["Simulator", "Simulator"],
  page_title: ["Bistand, the simulator", "Bistand, simulatoren"],
  skip: ["Go to the first chat", "Gå til den første chat"],
  menu: ["Menu", "Menu"],
  time_now: ["Simulated time", "Simuleret tid"],
  time_group: ["Let time pass", "Lad tiden gå"],
  plus_hour: ["+1 hour", "+1 time"],
  plus_4_hours: ["+4 hours", "+4 timer"],
  plus_day: ["+1 day", "+1 døgn"],
  plus_3_days: ["+3 days", "+3 døgn"],
  plus_14_days: ["+14 days", "+14 døgn"],
  plus_30_days: ["+30 days", "+30 døgn"],
  next_morning: ["Next morning", "Næste morgen"],
  more_time: ["More", "Mere"],
  restart: ["Kill the bot and restart", "Træk stikket og genstart"],
  save: ["Save as test", "Gem som test"],
  over: ["Start over", "Begynd forfra"],
  page_language: ["Language of the page", "Sidens sprog"],
  theme: ["Theme", "Tema"],
  theme_light: ["Use the light theme", "Brug det lyse tema"],
  theme_dark: ["Use the dark theme", "Brug det mørke tema"],
  people: ["People", "Personer"],
  backstage: ["Backstage", "Bag scenen"],
  close_backstage: ["Close backstage", "Luk bag scenen"],
  away: ["away", "fraværende"],
  unread_one: ["1 new message", "1 ny besked"],
  unread: ["{n} new messages", "{n} nye beskeder"],
  is_open: ["chat is open", "chatten er åben"],
  chats: ["Chats", "Chats"],
  no_chats: ["No chat is open. Choose somebody above.", "Ingen chat er åben. Vælg en person ovenfor."],
  chat_of: ["Chat of {name} with Bistand", "Chat mellem {name} og Bistand"],
  close_chat: ["Close the chat of {name}", "Luk chatten med {name}"],
  language_of: ["Language of {name}", "Sprog for {name}"],
  wide: ["Show as on a computer", "Vis som på en computer"],
  narrow: ["Show as on a phone", "Vis som på en telefon"],
  empty_lead: ["This is the chat of {first} with Bistand.", "Her taler {first} med Bistand."],
  empty_lead_2: ["Write anything, or begin here:", "Skriv hvad som helst, eller begynd her:"],
  empty_other: ["Nothing here yet.", "Her er ikke noget endnu."],
  empty_other_2: ["Only what is meant for {first} turns up here.", "Her dukker kun det op, som er til {first}."],
  begin: ["Begin here", "Begynd her"],
  write: ["Write to Bistand", "Skriv til Bistand"],
  send: ["Send", "Send"],
  send_chosen: ["Send", "Send"],
  attach: ["Add files", "Tilføj filer"],
  attached: ["Files to send", "Filer, der skal sendes"],
  remove_file: ["Remove {name}", "Fjern {name}"],
  drop: ["Drop files here, or", "Slip filer her, eller"],
  choose_files: ["choose files", "vælg filer"],
  choose_first: ["Tick what fits, then send.", "Sæt kryds ved det, der passer, og send."],
  find_person: ["Search for a person", "Søg efter en person"],
  pick_person: ["Choose a person first.", "Vælg først en person."],
  people_found: ["{n} people", "{n} personer"],
  nobody_found: ["Nobody by that name", "Ingen med det navn"],
  progress: ["Question {n} of about {of}", "Spørgsmål {n} af cirka {of}"],
  open_form: ["Open the form", "Åbn skemaet"],
  sending: ["Sending", "Sender"],
  trying: ["Not sent yet, trying again.", "Ikke sendt endnu. Prøver igen."],
  not_taken: ["This could not be done.", "Det kunne ikke lade sig gøre."],
  new_message: ["New message", "Ny besked"],
  commands: ["Always possible", "Altid muligt"],
  bot_down: ["The bot is down…", "Botten er nede…"],
  bot_back: ["It is back. Nothing was lost.", "Den er tilbage. Intet gik tabt."],
  time_moves: ["Time is passing…", "Tiden går…"],
  time_is: ["It is now {time}.", "Nu er det {time}."],
  cut: ["No connection just now. Trying again by itself; nothing is lost.", "Ingen forbindelse lige nu. Siden prøver igen af sig selv, og intet går tabt."],
  back: ["Connected again.", "Forbindelsen er tilbage."],
  over_title: ["Start over?", "Begynd forfra?"],
  over_text: ["All chats and cases in the simulator go away. This cannot be undone.", "Alle chats og sager i simulatoren forsvinder. Det kan ikke fortrydes."],
  over_yes: ["Start over", "Begynd forfra"],
  over_done: ["A new beginning. All chats are empty.", "En ny begyndelse. Alle chats er tomme."],
  cancel: ["Cancel", "Fortryd"],
  close: ["Close", "Luk"],
  to_chat: ["Back to the chat", "Tilbage til samtalen"],
  save_title: ["Save the talk as a test", "Gem samtalen som test"],
  save_text: ["What has been said so far is written to a file that can be replayed as a test.", "Det, der er sagt indtil nu, bliver skrevet til en fil, der kan afspilles igen som test."],
  save_name: ["Name of the test", "Testens navn"],
  save_yes: ["Save", "Gem"],
  saved_to: ["Saved to {path}", "Gemt i {path}"],
  copy: ["Copy the text", "Kopiér teksten"],
  copied: ["Copied", "Kopieret"],
  emergency: ["Emergency help", "Akut hjælp"],
  needed: ["must be filled in", "skal udfyldes"],
  no_choice: ["Not chosen", "Ikke valgt"],
  clear: ["Clear the choice", "Fjern valget"],
  form_errors_one: ["One answer needs another look.", "Kig på ét svar igen."],
  half_date: ["Choose the whole day, or leave it empty. You can leave out the time.", "Vælg hele dagen, eller lad feltet stå tomt. Tidspunktet kan du udelade."],
  half_time: ["Write the whole time, or leave it empty.", "Skriv hele tidspunktet, eller lad feltet stå tomt."],
  half_number: ["Write a number, or leave it empty.", "Skriv et tal, eller lad feltet stå tomt."],
  time_if_known: ["Time, if you know it", "Tidspunkt, hvis du kender det"],
  form_errors: ["{n} answers need another look.", "Kig på {n} svar igen."],
  tab_case: ["Case", "Sagen"],
  tab_next: ["What comes next", "Hvad sker der nu"],
  tab_flow: ["The flow", "Samtalen"],
  no_case: ["No case yet.", "Ingen sag endnu."],
  no_case_2: ["When a report is sent, you can follow here who has it, what is due, and who can see what.", "Når der er fortalt om noget, kan du her se, hvem der har sagen, hvad der skal ske hvornår, og hvem der kan se hvad."],
  case_pick: ["Case", "Sag"],
  status: ["Status", "Status"],
  level: ["Level", "Niveau"],
  reporter: ["Told by", "Fortalt af"],
  owner: ["Owner", "Har sagen"],
  nobody: ["Nobody yet", "Ingen endnu"],
  deadlines: ["Deadlines", "Frister"],
  sights: ["Who can see what, and why", "Hvem kan se hvad, og hvorfor"],
  sight_person: ["Person", "Person"],
  sight_sees: ["Sees", "Ser"],
  sight_why: ["Why", "Hvorfor"],
  timeline: ["What has happened", "Hvad der er sket"],
  passed: ["passed", "overskredet"],
  no_next: ["Nothing is planned.", "Der er ikke planlagt noget."],
  no_next_2: ["Reminders, deadlines and check-ins turn up here, in order of time.", "Påmindelser, frister og opfølgning dukker op her i tidsorden."],
  go_there: ["Go there", "Gå dertil"],
  go_there_to: ["Go to {time}: {text}", "Gå til {time}: {text}"],
  flow_pick: ["Flow", "Samtale"],
  flow_follow: ["Where {first} is", "Der, hvor {first} er"],
  flow_problems_one: ["One thing to put right", "Én ting skal rettes"],
  flow_problems: ["{n} things to put right", "{n} ting skal rettes"],
  flow_problems_2: ["The talks go on with the last good flows.", "Samtalerne kører videre med de sidste gode filer."],
  flow_well: ["All flows are well.", "Alt er i orden i samtalerne."],
  flow_saved: ["Saved {time}.", "Gemt {time}."],
  flow_none: ["{first} is in no talk just now. Choose a flow to see it.", "{first} er ikke i nogen samtale lige nu. Vælg en for at se den."],
  flow_failed: ["The picture could not be fetched.", "Tegningen kunne ikke hentes."],
  flow_picture: ["Picture of the flow {title}", "Tegning af samtalen {title}"],
  flow_here: ["{names} is here: {label}", "{names} er her: {label}"],
  flow_nobody: ["Nobody is in this flow.", "Ingen er i denne samtale."],
  flow_through: ["{first} has been through this one.", "{first} har været igennem den her."],
  flow_legend_done: ["done", "gjort"],
  flow_legend_here: ["here now", "er her nu"],
  flow_legend_ahead: ["ahead", "forude"],
  flow_lines: ["Lines {from} to {to} of {file}", "Linje {from} til {to} i {file}"],
  step_before: ["Step before", "Trinnet før"],
  step_after: ["Step after", "Trinnet efter"],
  not_live_paused: ["taking a break", "holder pause"],
  not_live_stopped: ["stopped", "stoppet"],
  not_live_ended: ["ended", "slut"],
};

let current = "en";

/** The language of the page. A person's own chat may have another. */
export const language = () => current;

/** @param {string} code */
export function speak(code) {
  current = known(code);
  document.documentElement.lang = current;
  return current;
}

/** The nearest language that the page has words for. @param {string} code */
export const known = (code) => (LANGUAGES.includes(code) ? code : "en");

/**
 * A text of the page, with its gaps filled.
 * @param {keyof typeof WORDS} key
 * @param {Record<string, string | number>} [gaps]
 * @param {string} [code] another language than the page's
 */
export function words(key, gaps = {}, code = current) {
  return WORDS[key][LANGUAGES.indexOf(known(code))].replace(/\{(\w+)\}/g, (all, gap) => (gap in gaps ? String(gaps[gap]) : all));
}

/** One or many: `counted("unread", 3)`. @param {"unread" | "flow_problems" | "form_errors"} key @param {number} n */
export const counted = (key, n, code = current) => words(n === 1 ? `${key}_one` : key, {n}, code);
