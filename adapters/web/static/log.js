// The lines of one chat: new ones come in, known ones change or go, and each knows its place.

import {Line} from "./lines.js";
import {make} from "./make.js";
import {date} from "./times.js";

const asks = ({item}) => item.asks !== "nothing" || item.choices?.length > 0 || Boolean(item.form);

export class Log {
  /**
   * @param {string} person
   * @param {import("./lines.js").Hands} hands of its lines
   */
  constructor(person, hands) {
    Object.assign(this, {person, hands});
    /** @type {Map<number, Line>} */
    this.lines = new Map();
    this.element = make("div", {role: "log", "aria-live": "polite", tabindex: "0", class: "log"});
  }

  all() {
    return [...this.lines.values()];
  }

  /** What is gone goes; what is the same stays untouched. */
  keep(items) {
    const here = new Set(items.map(({id}) => id));
    for (const id of this.lines.keys()) if (!here.has(id)) this.remove(id);
  }

  remove(id) {
    this.lines.get(id)?.element.remove();
    this.lines.delete(id);
    this.hands.half.delete(id);
  }

  /**
   * New and changed lines.
   * @returns {{firstNew: HTMLElement | null, own: boolean, answered: boolean}} what a reader may want to follow
   */
  take(items) {
    const came = {firstNew: null, own: false, answered: false};
    for (const item of items) {
      const line = this.lines.get(item.id);
      if (item.gone) this.remove(item.id);
      else if (line) came.answered = this.change(line, item) || came.answered;
      else {
        const made = this.add(item);
        if (item.from === "me") came.own = true;
        else came.firstNew ??= made.element;
      }
    }
    return came;
  }

  add(item) {
    const made = new Line({...item}, this.person, this.hands);
    made.stale = true;
    this.lines.set(item.id, made);
    // In order of number, which is nearly always at the end.
    let after = null;
    for (let last = this.element.lastElementChild; last && Number(last.dataset.item) > item.id; last = last.previousElementSibling) after = last;
    this.element.insertBefore(made.element, after);
    if (after) this.lines = new Map([...this.lines].sort(([one], [other]) => one - other));
    return made;
  }

  /** @returns {boolean} whether it was answered, here or on another page */
  change(line, item) {
    if (JSON.stringify(line.item) === JSON.stringify(item)) return false;
    const answered = line.item.choices?.length > 0 && !item.choices?.length;
    line.item = item;
    line.stale = true;
    line.release();
    return answered;
  }

  /** Who begins a run, and which question is the newest. @param {string} code language @param {string} name */
  arrange(code, name) {
    const all = this.all();
    const newest = all.findLast((line) => line.item.from === "bot" && (asks(line) || line.item.commands?.length > 0));
    let before = null;
    for (const line of all) {
      const newDay = Boolean(before) && date(before.at) !== date(line.item.at);
      const begins = !before || newDay || before.from !== line.item.from || new Date(line.item.at) - new Date(before.at) > 600_000;
      const place = {newest: line === newest, code, begins, newDay, name};
      const key = Object.values(place).join();
      if (line.stale || line.placeKey !== key) line.patch(line.item, place);
      line.stale = false;
      line.placeKey = key;
      if (line.item.from !== "stage") before = line.item;
    }
    this.question = newest;
  }

  /** Whether an answer is waited for; in a talk that goes on, further up too. @param {boolean} inTalk */
  waits(inTalk) {
    const last = this.all().findLast(({item}) => item.from === "bot");
    return Boolean(last) && (asks(last) || (inTalk && Boolean(this.question) && asks(this.question)));
  }

  /** @returns {HTMLElement | undefined} */
  newest() {
    return this.all().findLast(({item}) => item.from === "bot")?.element;
  }

  focusNewest() {
    this.newest()?.focus({preventScroll: true});
  }
}
