// The page as a whole: who is on the screen, what comes in, and what goes out.

import {Backstage} from "./backstage.js";
import {Chat} from "./chat.js";
import {Clock, isDark} from "./clock.js";
import {listen, Refused, send, sendFile} from "./connection.js";
import * as dialogs from "./dialog.js";
import {make, plain, set, setText} from "./make.js";
import {keep, kept, remember, remembered, rememberTheme} from "./memory.js";
import {People} from "./people.js";
import {setZone, within} from "./times.js";
import {language, speak, words} from "./words.js";

const NARROWEST = 300;
const GAP = 16;
const SHORTEST_DOWN = 1100;
const phone = matchMedia("(max-width: 700px), (max-height: 500px)");

/** @type {any} */
let stage = null;
/** @type {Map<string, Map<number, any>>} what has been said, whether its chat is open or not */
const said = new Map();
/** @type {Map<string, Chat>} chats that have been open; a closed one keeps what is half typed */
const chats = new Map();

/** @type {string[] | null} from the left */
let open = remembered("open");
/** @type {string[]} the one last used is last */
let recent = [];
/** On a phone only one is seen: a person or "backstage". @type {string | null} */
let alone = null;
let panel = remembered("panel", true);
const wide = new Set(remembered("wide", []));
const seen = new Map(kept("seen", []));
let hangUp = () => {};
let doing = null;
let downSince = 0;
let started = false;

const room = {
  stage: () => stage,
  act,
  file: (person, file, trouble) => guarded(person, () => sendFile(person, file, trouble)),
  setLanguage: (person, code) => guarded(person, () => send("language", {person, language: code})),
  toggleWidth(person) {
    wide.has(person) ? wide.delete(person) : wide.add(person);
    remember("wide", [...wide]);
    arrange();
  },
  isWide: (person) => wide.has(person),
  close: closeChat,
  touched(person) {
    if (recent.at(-1) === person) return;
    recent = [...recent.filter((each) => each !== person), person];
    refresh();
  },
};

const clock = new Clock({wait, restart, save, over, speak: changeLanguage, theme: changeTheme});
const people = new People({open: openChat, backstage: toggleBackstage});
const backstage = new Backstage({close: toggleBackstage, wait, focused: () => recent.at(-1) ?? null});
const skip = make("a", {class: "skip", href: "#chats", onclick: (event) => {
  event.preventDefault();
  (columns.querySelector(".composer textarea") ?? columns).focus();
}});
const notice = make("div", {class: "notice", role: "status"});
const cutNotice = make("div", {class: "notice cut", role: "status"});
const nobody = make("p", {class: "nobody"});
const columns = make("section", {class: "chats", id: "chats", tabindex: "-1"}, nobody);
const stageArea = make("main", {class: "stage"}, columns, backstage.element);

/* What comes in */

function all({stage: newest, chats: everything, doing: now}) {
  takeStage(newest);
  for (const person of said.keys()) if (!(person in everything)) said.set(person, new Map());
  for (const [person, items] of Object.entries(everything)) {
    const there = items.filter(({gone}) => !gone).sort((one, other) => one.id - other.id);
    said.set(person, new Map(there.map((item) => [item.id, item])));
  }
  for (const [person, chat] of chats) chat.replace(itemsOf(person));
  arrange();
  // The word that it is over may have been missed.
  if (now !== doing) busy({doing: now});
  if (!started) reopen();
  started = true;
}

function chat({person, items}) {
  const mine = said.get(person) ?? new Map();
  said.set(person, mine);
  for (const item of items) item.gone ? mine.delete(item.id) : mine.set(item.id, item);
  chats.get(person)?.apply(items);
  noteSeen();
  showPeople();
}

function takeStage(newest) {
  const jumped = stage && Math.abs(new Date(newest.now) - new Date(stage.now)) >= 3_600_000;
  stage = newest;
  setZone(stage.now);
  if (!open) open = [stage.lead.reporter, stage.lead.manager].filter(Boolean);
  open = open.filter((id) => stage.people.some((person) => person.id === id));
  if (!recent.length) recent = [...open].reverse();
  alone ??= open[0] ?? stage.lead.reporter;
  clock.show(stage.now);
  if (jumped && doing !== "restart") say(words("time_is", {time: within(stage.now)}));
}

function busy({doing: now}) {
  const before = doing;
  doing = now;
  clock.busy(now);
  if (now === "restart" && before !== now) {
    downSince = Date.now();
    document.body.classList.add("down");
    say(words("bot_down"), {stays: true, tone: "down"});
  }
  if (now === "wait") say(words("time_moves"), {stays: true});
  // It is back sooner than one can read that it was down.
  else if (!now && before === "restart") setTimeout(() => {
    if (doing === "restart") return;
    document.body.classList.remove("down");
    say(words("bot_back"), {tone: "back"});
  }, Math.max(0, SHORTEST_DOWN - (Date.now() - downSince)));
  else if (before === "wait" && stage) say(words("time_is", {time: within(stage.now)}));
}

const listening = {
  all,
  chat,
  stage(newest) {
    takeStage(newest);
    arrange();
  },
  busy,
  cut(is) {
    if (is) setText(cutNotice, words("cut"));
    else if (cutNotice.textContent) {
      setText(cutNotice, "");
      say(words("back"));
    }
  },
};

/* What is seen */

const itemsOf = (person) => [...(said.get(person)?.values() ?? [])];

/** Who fits on the screen; of those who are open, the ones last used. */
function visible() {
  if (phone.matches) return alone === "backstage" ? [] : [alone].filter(Boolean);
  const width = stageArea.clientWidth - (panel ? backstage.element.offsetWidth + GAP : 0);
  const fit = Math.max(1, Math.floor((width + GAP) / (NARROWEST + GAP)));
  if (open.length <= fit) return open;
  const byUse = [...open].sort((one, other) => recent.indexOf(other) - recent.indexOf(one));
  const chosen = new Set(byUse.slice(0, fit));
  return open.filter((person) => chosen.has(person));
}

/** Puts everything in its place. What is there already stays as it is, with focus, scroll and half typed words. */
function arrange() {
  clock.fit();
  if (!stage) return;
  const small = phone.matches;
  document.body.classList.toggle("phone", small);
  backstage.element.hidden = small ? alone !== "backstage" : !panel;
  columns.hidden = small && alone === "backstage";
  const shown = visible();
  for (const person of shown) {
    if (chats.has(person)) continue;
    const made = new Chat(person, room);
    chats.set(person, made);
    made.label();
    made.replace(itemsOf(person));
  }
  const wanted = shown.map((person) => chats.get(person).element);
  for (const element of [...columns.children]) if (element !== nobody && !wanted.includes(element)) element.remove();
  wanted.forEach((element, place) => {
    // Moving an element would lose its focus and scroll.
    if (columns.children[place] !== element) columns.insertBefore(element, columns.children[place] ?? null);
  });
  for (const person of shown) {
    const each = chats.get(person);
    const fresh = !each.was;
    each.was = true;
    each.label();
    if (fresh || each.following) each.follow();
  }
  for (const [person, each] of chats) if (!shown.includes(person)) each.was = false;
  nobody.hidden = shown.length > 0;
  noteSeen();
  refresh();
}

/** What follows the focus and the clock: chips and backstage. */
function refresh() {
  if (!stage) return;
  showPeople();
  backstage.show(stage);
}

function showPeople() {
  if (!stage) return;
  const shown = visible();
  people.show(stage, {
    open: shown, current: phone.matches ? alone : null, panel: phone.matches ? alone === "backstage" : panel,
    unread: (person) => (shown.includes(person) ? 0 : itemsOf(person).filter(({id, from}) => from === "bot" && id > (seen.get(person) ?? 0)).length),
  });
}

function noteSeen() {
  for (const person of visible()) seen.set(person, Math.max(0, ...itemsOf(person).map(({id}) => id)));
  keep("seen", [...seen]);
}

function openChat(person) {
  if (phone.matches) alone = person;
  if (!open.includes(person)) open = [...open, person];
  recent = [...recent.filter((each) => each !== person), person];
  remember("open", open);
  arrange();
  const opened = chats.get(person);
  opened?.toEnd();
  if (!phone.matches) opened?.name.focus();
}

function closeChat(person) {
  open = open.filter((each) => each !== person);
  recent = recent.filter((each) => each !== person);
  remember("open", open);
  arrange();
  people.chips.get(person)?.button.focus();
}

function toggleBackstage() {
  if (phone.matches) {
    alone = "backstage";
  } else {
    panel = !panel;
    remember("panel", panel);
  }
  arrange();
  if (!backstage.element.hidden) backstage.heading.focus();
  else people.backstage.focus();
}

let noticeTimer = 0;

/** A word to everybody, seen and read aloud. */
function say(text, {stays = false, tone = ""} = {}) {
  clearTimeout(noticeTimer);
  setText(notice, text);
  notice.dataset.tone = tone;
  if (!stays) noticeTimer = setTimeout(() => setText(notice, ""), 5000);
}

function label() {
  document.title = words("page_title");
  setText(skip, words("skip"));
  setText(nobody, words("no_chats"));
  set(columns, "aria-label", words("chats"));
  clock.label();
  backstage.label();
}

function changeLanguage(code) {
  speak(code);
  remember("language", language());
  label();
  if (stage) {
    clock.show(stage.now);
    arrange();
  }
  hangUp();
  hangUp = listen(language(), listening);
}

function changeTheme() {
  const theme = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  rememberTheme(theme);
}

/* What goes out */

/** Does it, and says so quietly where the server says no. */
async function guarded(person, work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const text = error.message || words("not_taken");
    if (person && chats.has(person)) chats.get(person).composer.say(text);
    else say(text);
    return null;
  }
}

/**
 * Something that a person does in the chat.
 * @param {string} person @param {string} kind @param {object} more
 * @param {(waiting: boolean) => void} [trouble]
 * @param {any} [form] that came with the message, if the server does not send a newer one
 */
async function act(person, kind, more, trouble, form) {
  const reply = await guarded(person, () => send("act", {person, kind, ...more}, trouble));
  if (reply) answer(person, reply.kind === "nothing" && kind === "opened" && form ? {kind: "form", form} : reply);
  return reply;
}

/** What the server wants to be shown at once. */
function answer(person, reply) {
  const who = stage.people.find(({id}) => id === person);
  if (reply.kind === "form") showForm(who, reply.form);
  else if (reply.kind === "show") dialogs.showFacts(who, reply.title, reply.facts);
}

function showForm(who, form) {
  const theirs = chats.get(who.id);
  dialogs.openForm(who, form, {
    people: stage.people,
    async submit(values, trouble) {
      theirs?.moved();
      try {
        return await send("act", {person: who.id, kind: "submitted", token: form.token, values}, trouble);
      } catch (error) {
        return {error: error.message || words("not_taken", {}, who.language)};
      }
    },
    left() {
      theirs?.expect();
      act(who.id, "left", {token: form.token});
    },
    then(reply) {
      answer(who.id, reply ?? {kind: "nothing"});
      theirs?.moved();
      if (!dialogs.isOpen()) theirs?.focusNewest();
    },
  });
}

/** A form that was open before the page was loaded again. */
function reopen() {
  const last = dialogs.lastForm();
  const who = last && stage.people.find(({id}) => id === last.person);
  if (who) showForm(who, last.form);
}

async function wait(how) {
  if (doing) return;
  await guarded(null, () => send("wait", how));
}

async function restart() {
  if (doing) return;
  busy({doing: "restart"});
  await guarded(null, () => send("restart", {}));
  if (doing) busy({doing: null});
}

async function over() {
  if (doing || !(await dialogs.confirm(words("over_title"), words("over_text"), words("over_yes")))) return;
  const done = await guarded(null, () => send("over", {}));
  if (!done) return;
  seen.clear();
  for (const each of chats.values()) each.half.clear();
  say(words("over_done"));
}

function save() {
  // A file name is made of what was written.
  const file = (name) => plain(name).replace(/[^a-z0-9_]+/g, "-").replace(/^[-_]+|-+$/g, "").slice(0, 60) || "talk";
  dialogs.saving((name) => send("save", {name: file(name)}), `talk-${(stage?.now ?? "").slice(0, 10)}`);
}

speak(remembered("language") ?? (navigator.language?.startsWith("da") ? "da" : "en"));
document.body.append(skip, clock.element, people.element, cutNotice, notice, stageArea);
label();
phone.addEventListener("change", arrange);
addEventListener("resize", arrange);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => clock.label());
hangUp = listen(language(), listening);
