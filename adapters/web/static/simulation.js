// What is done with the simulator as a whole: let time pass, kill the bot, save the talk, begin anew.

import {send} from "./connection.js";
import {confirm, saving} from "./dialog.js";
import {guarded} from "./doings.js";
import {plain} from "./make.js";
import {say} from "./notices.js";
import {chats, state} from "./state.js";
import {within} from "./times.js";
import {words} from "./words.js";

const SHORTEST_DOWN = 1100;
let downSince = 0;
let told = () => {};

/** @param {(doing: string | null) => void} tell told of what goes on */
export const whenBusy = (tell) => { told = tell; };

export function busy({doing: now}) {
  const before = state.doing;
  state.doing = now;
  told(now);
  if (now === "restart" && before !== now) {
    downSince = Date.now();
    document.body.classList.add("down");
    say(words("bot_down"), {stays: true, tone: "down"});
  }
  if (now === "wait") say(words("time_moves"), {stays: true});
  // It is back sooner than one can read that it was down.
  else if (!now && before === "restart") setTimeout(() => {
    if (state.doing === "restart") return;
    document.body.classList.remove("down");
    say(words("bot_back"), {tone: "back"});
  }, Math.max(0, SHORTEST_DOWN - (Date.now() - downSince)));
  else if (before === "wait" && state.stage) say(words("time_is", {time: within(state.stage.now)}));
}

export async function wait(how) {
  if (!state.doing) await guarded(null, () => send("wait", how));
}

export async function restart() {
  if (state.doing) return;
  busy({doing: "restart"});
  await guarded(null, () => send("restart", {}));
  if (state.doing) busy({doing: null});
}

/** @returns {Promise<boolean>} whether all began anew */
export async function over() {
  if (state.doing || !(await confirm(words("over_title"), words("over_text"), words("over_yes")))) return false;
  if (!(await guarded(null, () => send("over", {})))) return false;
  for (const each of chats.values()) each.half.clear();
  say(words("over_done"));
  return true;
}

export function save() {
  // A file name is made of what was written.
  const file = (name) => plain(name).replace(/[^a-z0-9_]+/g, "-").replace(/^[-_]+|-+$/g, "").slice(0, 60) || "talk";
  saving((name) => send("save", {name: file(name)}), `talk-${(state.stage?.now ?? "").slice(0, 10)}`);
}
