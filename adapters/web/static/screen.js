// Who is on the screen: open chats side by side with backstage, or, on a phone, one thing at a time.

import {Backstage} from "./backstage.js";
import {Chat} from "./chat.js";
import {act, attach, setLanguage} from "./doings.js";
import {make, set, setText} from "./make.js";
import {keep, kept, remember, remembered} from "./memory.js";
import {People} from "./people.js";
import {chats, itemsOf, state} from "./state.js";
import {wait} from "./simulation.js";
import {words} from "./words.js";

const NARROWEST = 300;
const GAP = 16;
export const phone = matchMedia("(max-width: 700px), (max-height: 500px)");

/** @type {string[] | null} from the left */
let open = remembered("open");
/** @type {string[]} the one last used is last */
let recent = [];
/** On a phone only one is seen: a person or "backstage". @type {string | null} */
let alone = null;
let panel = remembered("panel", true);
const wide = new Set(remembered("wide", []));
const seen = new Map(kept("seen", []));

const room = {
  stage: () => state.stage,
  act,
  file: attach,
  setLanguage,
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

export const people = new People({open: openChat, backstage: toggleBackstage});
export const backstage = new Backstage({close: toggleBackstage, wait, focused: () => recent.at(-1) ?? null});
const nobody = make("p", {class: "nobody"});
export const columns = make("section", {class: "chats", id: "chats", tabindex: "-1"}, nobody);
export const area = make("main", {class: "stage"}, columns, backstage.element);

/** The stage is another: whoever is not there any more goes from the screen. */
export function settle({lead, people: there}) {
  if (!open) open = [lead.reporter, lead.manager].filter(Boolean);
  open = open.filter((id) => there.some((person) => person.id === id));
  if (!recent.length) recent = [...open].reverse();
  alone ??= open[0] ?? lead.reporter;
}

/** Who fits on the screen; of those who are open, the ones last used. */
function visible() {
  if (phone.matches) return alone === "backstage" ? [] : [alone].filter(Boolean);
  const width = area.clientWidth - (panel ? backstage.element.offsetWidth + GAP : 0);
  const fit = Math.max(1, Math.floor((width + GAP) / (NARROWEST + GAP)));
  if (open.length <= fit) return open;
  const byUse = [...open].sort((one, other) => recent.indexOf(other) - recent.indexOf(one));
  const chosen = new Set(byUse.slice(0, fit));
  return open.filter((person) => chosen.has(person));
}

/** Puts everything in its place. What is there already stays as it is, with focus, scroll and half typed words. */
export function arrange() {
  if (!state.stage) return;
  const small = phone.matches;
  document.body.classList.toggle("phone", small);
  backstage.element.hidden = small ? alone !== "backstage" : !panel;
  columns.hidden = small && alone === "backstage";
  const shown = visible();
  for (const person of shown) if (!chats.has(person)) furnish(person);
  place(shown.map((person) => chats.get(person).element));
  for (const person of shown) {
    const {was, reading} = chats.get(person);
    chats.get(person).was = true;
    chats.get(person).label();
    if (!was || reading.following) reading.follow();
  }
  for (const [person, each] of chats) if (!shown.includes(person)) each.was = false;
  nobody.hidden = shown.length > 0;
  noteSeen();
  refresh();
}

function furnish(person) {
  const made = new Chat(person, room);
  chats.set(person, made);
  made.label();
  made.replace(itemsOf(person));
}

function place(wanted) {
  for (const element of [...columns.children]) if (element !== nobody && !wanted.includes(element)) element.remove();
  wanted.forEach((element, number) => {
    // Moving an element would lose its focus and scroll.
    if (columns.children[number] !== element) columns.insertBefore(element, columns.children[number] ?? null);
  });
}

/** What follows the focus and the clock: chips and backstage. */
function refresh() {
  if (!state.stage) return;
  showPeople();
  backstage.show(state.stage);
}

export function showPeople() {
  if (!state.stage) return;
  const shown = visible();
  people.show(state.stage, {
    open: shown, current: phone.matches ? alone : null, panel: phone.matches ? alone === "backstage" : panel,
    unread: (person) => (shown.includes(person) ? 0 : itemsOf(person).filter(({id, from}) => from === "bot" && id > (seen.get(person) ?? 0)).length),
  });
}

export function noteSeen() {
  for (const person of visible()) seen.set(person, Math.max(0, ...itemsOf(person).map(({id}) => id)));
  keep("seen", [...seen]);
}

export const forgetSeen = () => seen.clear();

function openChat(person) {
  if (phone.matches) alone = person;
  if (!open.includes(person)) open = [...open, person];
  recent = [...recent.filter((each) => each !== person), person];
  remember("open", open);
  arrange();
  const opened = chats.get(person);
  opened?.reading.toEnd();
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

/** All words anew, in the language of the page. */
export function label() {
  setText(nobody, words("no_chats"));
  set(columns, "aria-label", words("chats"));
  backstage.label();
}
