// Words to everybody at the page, seen and read aloud, that go by themselves.

import {make, setText} from "./make.js";
import {words} from "./words.js";

const LONG = 5000;

export const notice = make("div", {class: "notice", role: "status"});
export const cutNotice = make("div", {class: "notice cut", role: "status"});

let timer = 0;

/** @param {string} text */
export function say(text, {stays = false, tone = ""} = {}) {
  clearTimeout(timer);
  setText(notice, text);
  notice.dataset.tone = tone;
  if (!stays) timer = setTimeout(() => setText(notice, ""), LONG);
}

/** The line to the server is cut, or back again. @param {boolean} is */
export function cut(is) {
  if (is) setText(cutNotice, words("cut"));
  else if (cutNotice.textContent) {
    setText(cutNotice, "");
    say(words("back"));
  }
}
