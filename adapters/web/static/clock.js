// The top bar: the simulated time, the ways to move it, and what can be done with the whole simulator.

import {icon, make, mark, set, setText} from "./make.js";
import {short} from "./times.js";
import {language, words} from "./words.js";

const JUMPS = [["plus_4_hours", {minutes: 240}], ["next_morning", {until: "morning"}], ["plus_14_days", {minutes: 20160}]];
const MORE = [["plus_hour", {minutes: 60}], ["plus_day", {minutes: 1440}], ["plus_3_days", {minutes: 4320}], ["plus_30_days", {minutes: 43200}]];

/** A button that opens a small list beneath it; Escape and a press elsewhere close it. */
class Fold {
  constructor(button, content) {
    this.button = button;
    this.content = content;
    set(button, "aria-expanded", "false");
    set(button, "aria-controls", content.id);
    button.addEventListener("click", () => this.toggle());
    for (const part of [button, content]) part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !this.isOpen) return;
      event.stopPropagation();
      this.toggle(false);
      button.focus();
    });
    document.addEventListener("pointerdown", ({target}) => this.isOpen && !content.contains(target) && !button.contains(target) && this.toggle(false));
  }

  toggle(open = !this.isOpen) {
    if (!open && !this.isOpen) return;
    // Focus does not stay on what can no longer be seen.
    if (!open && this.content.contains(document.activeElement)) this.button.focus();
    this.isOpen = open;
    set(this.button, "aria-expanded", String(open));
    this.content.classList.toggle("unfolded", open);
  }
}

export class Clock {
  /** @param {{wait: (how: object) => Promise<any>, restart: Function, save: Function, over: Function, speak: (code: string) => void, theme: Function}} hands */
  constructor(hands) {
    this.hands = hands;
    this.labels = [];
    this.time = make("time", {});
    this.heading = make("h1", {}, mark(), "Bistand", this.labelled(make("span", {class: "unseen"}), "simulator"));
    const jump = ([key, how]) => this.labelled(make("button", {class: "press small", "data-do": key.replaceAll("_", "-"), onclick: () => this.wait(how)}), key);
    const fold = make("div", {class: "fold", id: "more-time"}, MORE.map(jump));
    const more = make("button", {class: "press small", "data-do": "more-time"}, this.labelled(make("span", {}), "more_time"), icon("down"));
    this.moreFold = new Fold(more, fold);
    const times = make("div", {class: "times", role: "group"}, JUMPS.map(jump), make("div", {class: "holds-fold"}, more, fold));
    this.labelled(times, "time_group", "aria-label");
    const tool = (key, press) => this.labelled(make("button", {class: "press small", "data-do": key, onclick: () => { this.fold.toggle(false); press(); }}), key);
    this.languages = make("div", {class: "pair", role: "group"}, ["en", "da"].map((code) => make("button", {
      class: "press small", lang: code, "data-do": `page-${code}`, onclick: () => hands.speak(code),
      "aria-label": {en: "English", da: "Dansk"}[code]}, code.toUpperCase())));
    this.labelled(this.languages, "page_language", "aria-label");
    this.theme = make("button", {class: "round quiet", "data-do": "theme", onclick: () => { hands.theme(); this.label(); }});
    this.tools = make("div", {class: "tools", id: "tools"}, times,
      make("div", {class: "acts"}, tool("restart", hands.restart), tool("save", hands.save), tool("over", hands.over)),
      make("div", {class: "page"}, this.languages, this.theme));
    this.menu = make("button", {class: "round quiet menu", "data-do": "menu"}, icon("menu"));
    this.labelled(this.menu, "menu", "aria-label");
    this.fold = new Fold(this.menu, this.tools);
    this.element = make("header", {class: "top"}, this.heading, make("p", {class: "now"}, this.labelled(make("span", {class: "unseen"}), "time_now"), " ", this.time), this.menu, this.tools);
  }

  labelled(element, key, attribute = null) {
    this.labels.push([element, key, attribute]);
    return element;
  }

  async wait(how) {
    this.moreFold.toggle(false);
    this.fold.toggle(false);
    await this.hands.wait(how);
  }

  /** All words anew, in the language of the page. */
  label() {
    for (const [element, key, attribute] of this.labels) {
      if (attribute) set(element, attribute, words(key));
      else setText(element, words(key));
    }
    for (const button of this.languages.children) set(button, "aria-pressed", String(button.lang === language()));
    const dark = isDark();
    set(this.theme, "aria-label", words(dark ? "theme_light" : "theme_dark"));
    set(this.theme, "title", words(dark ? "theme_light" : "theme_dark"));
    this.theme.replaceChildren(icon(dark ? "sun" : "moon"));
  }

  /** One row where it fits, else two. */
  fit() {
    this.element.classList.remove("two");
    const [first, last] = [this.tools.firstElementChild, this.tools.lastElementChild];
    this.element.classList.toggle("two", last.offsetTop > first.offsetTop + 20 || this.tools.offsetTop > this.heading.offsetTop + 30);
  }

  show(now) {
    setText(this.time, short(now));
    set(this.time, "datetime", now);
  }

  /** @param {"restart" | "wait" | null} doing */
  busy(doing) {
    for (const button of this.tools.querySelectorAll(".times button, .acts button")) set(button, "aria-disabled", doing ? "true" : null);
    this.element.classList.toggle("moving", doing === "wait");
  }
}

export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}
