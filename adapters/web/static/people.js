// Everybody in the organisation, as a row of chips. On a phone the row is the way from one person to another.

import {icon, initials, make, set, setText} from "./make.js";
import {counted, words} from "./words.js";

export class People {
  /** @param {{open: (person: string) => void, backstage: () => void}} hands */
  constructor(hands) {
    this.hands = hands;
    this.chips = new Map();
    this.list = make("ul", {});
    this.backstage = make("button", {class: "chip tool", "data-do": "backstage", "aria-controls": "backstage", onclick: hands.backstage},
      icon("panel"), make("span", {class: "label"}));
    this.element = make("nav", {class: "people", onkeydown: (event) => this.key(event)}, this.list, this.backstage);
  }

  /** Left and right go along the row. */
  key(event) {
    const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    if (!step) return;
    const all = [...this.element.querySelectorAll("button")];
    const next = all[all.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  /**
   * @param {any} stage
   * @param {{open: string[], current: string | null, unread: (person: string) => number, panel: boolean}} how
   */
  show(stage, how) {
    set(this.element, "aria-label", words("people"));
    const lead = [stage.lead.reporter, stage.lead.manager];
    const rank = (person) => (lead.includes(person.id) ? lead.indexOf(person.id) : person.as ? 2 : 3);
    const people = [...stage.people].sort((one, other) => rank(one) - rank(other));
    const order = people.map(({id}) => id).join();
    for (const person of people) {
      if (!this.chips.has(person.id)) this.chips.set(person.id, this.chip(person.id));
      this.fill(this.chips.get(person.id), person, how);
    }
    if (order === this.order) return this.tool(how);
    this.order = order;
    const focused = document.activeElement;
    this.list.replaceChildren(...people.map(({id}) => this.chips.get(id).element));
    if (this.list.contains(focused)) focused.focus();
    this.tool(how);
  }

  chip(id) {
    const face = make("span", {class: "face", "aria-hidden": "true"});
    const name = make("span", {class: "name"});
    const who = make("span", {class: "who"});
    const count = make("span", {class: "count", "aria-hidden": "true", hidden: true});
    const more = make("span", {class: "unseen"});
    const button = make("button", {class: "chip", "data-person": id, onclick: () => this.hands.open(id)},
      face, make("span", {class: "names"}, name, who), count, more);
    return {element: make("li", {}, button), button, face, name, who, count, more};
  }

  fill(chip, person, {open, current, unread}) {
    const news = unread(person.id);
    setText(chip.face, initials(person.name));
    setText(chip.name, person.name);
    setText(chip.who, [person.as ?? person.title, person.away && words("away")].filter(Boolean).join(" · "));
    setText(chip.count, news > 99 ? "99+" : String(news));
    chip.count.hidden = !news;
    const isOpen = open.includes(person.id);
    setText(chip.more, [news ? counted("unread", news) : "", isOpen ? words("is_open") : ""].filter(Boolean).map((text) => `, ${text}`).join(""));
    chip.button.classList.toggle("open", isOpen);
    chip.button.classList.toggle("away", person.away);
    chip.button.classList.toggle("played", Boolean(person.as));
    set(chip.button, "title", [person.title, person.site, ...person.roles].filter(Boolean).join(" · "));
    const isCurrent = current === person.id;
    if (isCurrent && !chip.button.hasAttribute("aria-current")) chip.button.scrollIntoView({block: "nearest", inline: "nearest"});
    set(chip.button, "aria-current", isCurrent ? "true" : null);
  }

  tool({panel, current}) {
    setText(this.backstage.querySelector(".label"), words("backstage"));
    set(this.backstage, "aria-expanded", String(panel));
    set(this.backstage, "aria-current", current === "backstage" ? "true" : null);
    this.backstage.classList.toggle("open", panel);
  }
}
