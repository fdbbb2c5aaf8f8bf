// The page as a whole: its parts are put together, and what comes in is handed to them.

import {Clock, isDark} from "./clock.js";
import {listen} from "./connection.js";
import {reopen} from "./doings.js";
import {make, setText} from "./make.js";
import {remember, remembered, rememberTheme} from "./memory.js";
import {cut, cutNotice, notice, say} from "./notices.js";
import * as screen from "./screen.js";
import {chats, itemsOf, said, state} from "./state.js";
import {setZone, within} from "./times.js";
import {busy, over, restart, save, wait, whenBusy} from "./simulation.js";
import {language, speak, words} from "./words.js";

const JUMP = 3_600_000;
let hangUp = () => {};
let started = false;

const clock = new Clock({
  wait, restart, save,
  over: async () => { if (await over()) screen.forgetSeen(); },
  speak: changeLanguage,
  theme: changeTheme,
});
const skip = make("a", {class: "skip", href: "#chats", onclick: (event) => {
  event.preventDefault();
  (screen.columns.querySelector(".composer textarea") ?? screen.columns).focus();
}});

/* What comes in */

function all({stage: newest, chats: everything, doing}) {
  takeStage(newest);
  for (const person of said.keys()) if (!(person in everything)) said.set(person, new Map());
  for (const [person, items] of Object.entries(everything)) {
    const there = items.filter(({gone}) => !gone).sort((one, other) => one.id - other.id);
    said.set(person, new Map(there.map((item) => [item.id, item])));
  }
  for (const [person, chat] of chats) chat.replace(itemsOf(person));
  arrange();
  // The word that it is over may have been missed.
  if (doing !== state.doing) busy({doing});
  if (!started) reopen();
  started = true;
}

function chat({person, items}) {
  const mine = said.get(person) ?? new Map();
  said.set(person, mine);
  overhear(person, items.filter(({id}) => !mine.has(id)));
  for (const item of items) item.gone ? mine.delete(item.id) : mine.set(item.id, item);
  chats.get(person)?.apply(items);
  screen.noteSeen();
  screen.showPeople();
}

/** The bot's next word that asks nothing, for whoever waits for it. */
function overhear(person, fresh) {
  const word = state.ear?.person === person && fresh.find(({from, asks, gone}) => from === "bot" && asks === "nothing" && !gone);
  if (!word) return;
  state.ear.hear(word);
  state.ear = null;
}

function stage(newest) {
  takeStage(newest);
  arrange();
}

function takeStage(newest) {
  const jumped = state.stage && Math.abs(new Date(newest.now) - new Date(state.stage.now)) >= JUMP;
  state.stage = newest;
  setZone(newest.now);
  screen.settle(newest);
  clock.show(newest.now);
  if (jumped && state.doing !== "restart") say(words("time_is", {time: within(newest.now)}));
}

/* What is seen */

function arrange() {
  clock.fit();
  screen.arrange();
}

function label() {
  document.title = words("page_title");
  setText(skip, words("skip"));
  clock.label();
  screen.label();
}

function changeLanguage(code) {
  speak(code);
  remember("language", language());
  label();
  if (state.stage) {
    clock.show(state.stage.now);
    arrange();
  }
  hangUp();
  hangUp = listen(language(), {all, chat, stage, busy, cut});
}

function changeTheme() {
  const theme = isDark() ? "light" : "dark";
  const root = document.documentElement;
  // All at once: what fades would stand in the old colours beside the new ones.
  root.classList.add("at-once");
  root.dataset.theme = theme;
  rememberTheme(theme);
  requestAnimationFrame(() => requestAnimationFrame(() => root.classList.remove("at-once")));
}

whenBusy((doing) => clock.busy(doing));
speak(remembered("language") ?? (navigator.language?.startsWith("da") ? "da" : "en"));
document.body.append(skip, clock.element, screen.people.element, cutNotice, notice, screen.area);
label();
screen.phone.addEventListener("change", arrange);
addEventListener("resize", arrange);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => clock.label());
hangUp = listen(language(), {all, chat, stage, busy, cut});
