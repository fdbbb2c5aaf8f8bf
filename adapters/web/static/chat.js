// One person's chat: the log and the composer beneath it, as in a phone.

import {Composer} from "./composer.js";
import {Line} from "./lines.js";
import {fresh, icon, initials, make, set, setText} from "./make.js";
import {date} from "./times.js";
import {language, words} from "./words.js";

const NEAR = 60;

export class Chat {
  /**
   * @param {string} person
   * @param {object} room the page: what a chat may ask of it, see app.js
   */
  constructor(person, room) {
    this.person = person;
    this.room = room;
    /** @type {Map<number, Line>} */
    this.lines = new Map();
    this.half = new Map();
    this.following = true;
    this.anchor = null;
    this.waitingFor = 0;
    this.hands = {
      act: (item, kind, more, pressed) => this.press(item, kind, more, pressed),
      openForm: (item, pressed) => this.press(item, "opened", {token: item.token ?? item.form.token}, pressed),
      chooseFiles: () => this.composer.choose(),
      say: (text) => this.composer.say(text),
      people: () => room.stage().people,
      half: this.half,
    };
    this.build();
  }

  build() {
    const heading = fresh("chat");
    this.face = make("span", {class: "face", "aria-hidden": "true"});
    this.name = make("h2", {id: heading, tabindex: "-1"});
    this.who = make("p", {class: "who"});
    this.languages = make("select", {"data-do": "language", onchange: () => this.room.setLanguage(this.person, this.languages.value)});
    this.width = make("button", {class: "round quiet", "data-do": "width", onclick: () => this.room.toggleWidth(this.person)});
    this.close = make("button", {class: "round quiet", "data-do": "close", onclick: () => this.room.close(this.person)}, icon("close"));
    this.log = make("div", {role: "log", "aria-live": "polite", tabindex: "0", class: "log", onscroll: () => this.scrolled()});
    this.empty = make("div", {class: "empty", hidden: true});
    this.newer = make("button", {class: "newer", hidden: true, "data-do": "newer", onclick: () => {
      this.toEnd();
      this.focusNewest();
    }});
    this.body = make("div", {class: "body"}, this.log, this.empty, this.newer);
    this.composer = new Composer(this.person, {
      say: (text) => this.say(text),
      send: (file) => this.sendFile(file),
      start: (flow) => this.start(flow),
    });
    this.element = make("section", {
      class: "chat", "data-person": this.person, "aria-labelledby": heading,
      onfocusin: () => this.room.touched(this.person), onpointerdown: () => this.room.touched(this.person),
      ondragover: (event) => this.dragged(event, true), ondragleave: (event) => this.dragged(event, false),
      ondrop: (event) => {
        this.dragged(event, false);
        if (event.dataTransfer?.files.length) this.composer.take(event.dataTransfer.files);
      },
    },
    make("header", {}, this.face, make("div", {class: "names"}, this.name, this.who), this.languages, this.width, this.close),
    this.body, this.composer.element);
    new ResizeObserver(() => this.following && this.follow()).observe(this.log);
  }

  dragged(event, over) {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    this.element.classList.toggle("over", over);
  }

  /** The words around the chat: names, languages, labels. */
  label() {
    const stage = this.room.stage();
    const person = stage.people.find(({id}) => id === this.person);
    if (!person) return;
    this.code = person.language;
    const {name, first} = person;
    setText(this.face, initials(name));
    setText(this.name, name);
    setText(this.who, [person.as ?? person.title, person.away && words("away")].filter(Boolean).join(" · "));
    const languages = JSON.stringify(stage.languages);
    if (languages !== this.languagesShown) {
      this.languagesShown = languages;
      this.languages.replaceChildren(...stage.languages.map(({code, name: title}) => make("option", {value: code, title, lang: code}, title)));
    }
    if (document.activeElement !== this.languages) this.languages.value = person.language;
    set(this.languages, "aria-label", words("language_of", {name}));
    set(this.close, "aria-label", words("close_chat", {name}));
    set(this.close, "title", words("close"));
    const wide = this.room.isWide(this.person);
    this.element.classList.toggle("wide", wide);
    set(this.width, "aria-pressed", String(wide));
    set(this.width, "aria-label", words("wide"));
    set(this.width, "title", words(wide ? "narrow" : "wide"));
    if (this.widthShown !== wide) {
      this.widthShown = wide;
      this.width.replaceChildren(icon(wide ? "phone" : "desktop"));
    }
    set(this.log, "lang", person.language);
    set(this.log, "aria-label", words("chat_of", {name}));
    setText(this.newer, words("new_message"));
    this.composer.label(person.language, first);
    const lead = stage.lead.reporter === this.person;
    const key = JSON.stringify([lead, first, language()]);
    if (key !== this.emptyKey) {
      this.emptyKey = key;
      this.empty.replaceChildren(make("span", {class: "face large", "aria-hidden": "true"}, initials(name)),
        make("p", {}, words(lead ? "empty_lead" : "empty_other", {first})), make("p", {class: "hint"}, words(lead ? "empty_lead_2" : "empty_other_2", {first})));
    }
    this.arrange();
  }

  /** Everything anew, as after a reconnect: what is gone goes, what is the same stays untouched. */
  replace(items) {
    const here = new Set(items.map(({id}) => id));
    for (const [id, line] of this.lines) {
      if (here.has(id)) continue;
      line.element.remove();
      this.lines.delete(id);
      this.half.delete(id);
    }
    this.apply(items);
  }

  /** New and changed lines. */
  apply(items) {
    const focused = document.activeElement;
    const inside = this.element.contains(focused);
    const before = this.lines.size;
    let firstNew = null;
    let own = false;
    for (const item of items) {
      const line = this.lines.get(item.id);
      if (item.gone) {
        line?.element.remove();
        this.lines.delete(item.id);
      } else if (line) {
        if (JSON.stringify(line.item) === JSON.stringify(item)) continue;
        // Answered, here or on another page: what comes now is read from here on.
        if (line.item.choices?.length && !item.choices?.length) this.anchor = null;
        line.item = item;
        line.stale = true;
        line.release();
      } else {
        const made = new Line({...item}, this.person, this.hands);
        made.stale = true;
        this.lines.set(item.id, made);
        this.place(made);
        if (item.from !== "me") firstNew ??= made;
        else own = true;
        if (item.from === "me") this.composer.say("");
      }
    }
    this.arrange();
    if (firstNew) {
      if (before === 0) this.anchor = null;
      else if (!this.anchor?.isConnected) this.anchor = firstNew.element;
      if (before === 0 || this.following) this.follow();
      else this.tellNews();
    } else if (this.following || own) this.follow();
    this.refocus(inside && !focused.isConnected);
  }

  /** In order of number, which is nearly always at the end. */
  place(made) {
    let after = null;
    for (let last = this.log.lastElementChild; last && Number(last.dataset.item) > made.item.id; last = last.previousElementSibling) after = last;
    this.log.insertBefore(made.element, after);
    if (after) this.lines = new Map([...this.lines].sort(([one], [other]) => one - other));
  }

  /** Who begins a run, which question is the newest, and whether there is anything to begin. */
  arrange() {
    const stage = this.room.stage();
    const name = stage.people.find(({id}) => id === this.person)?.first;
    const all = [...this.lines.values()];
    const newest = all.findLast(({item}) => item.from === "bot" && (item.asks !== "nothing" || item.commands?.length || item.choices?.length));
    let before = null;
    for (const line of all) {
      const newDay = Boolean(before) && date(before.at) !== date(line.item.at);
      const begins = !before || newDay || before.from !== line.item.from || new Date(line.item.at) - new Date(before.at) > 600_000;
      const place = {newest: line === newest, code: this.code, begins, newDay, name};
      const key = Object.values(place).join();
      if (line.stale || line.placeKey !== key) line.patch(line.item, place);
      line.stale = false;
      line.placeKey = key;
      if (line.item.from !== "stage") before = line.item;
    }
    this.empty.hidden = all.length > 0;
    const last = all.findLast(({item}) => item.from === "bot");
    const asks = ({item}) => item.asks !== "nothing" || item.choices?.length > 0 || Boolean(item.form);
    const inTalk = stage.standing.some(({person, status}) => person === this.person && status === "live");
    const waits = last && (asks(last) || (inTalk && newest && asks(newest)));
    this.composer.offer(waits ? [] : stage.starts);
    this.composer.element.classList.toggle("leads", !all.length && stage.lead.reporter === this.person);
  }

  /** @returns {HTMLElement | undefined} */
  newest() {
    return [...this.lines.values()].findLast(({item}) => item.from === "bot")?.element;
  }

  focusNewest() {
    this.newest()?.focus({preventScroll: true});
  }

  /** After a press whose button went, focus goes on to what the bot says next, never back to the top of the page. */
  refocus(lost) {
    const now = document.activeElement;
    const adrift = lost || now === document.body || (now?.classList.contains("line") && this.log.contains(now));
    if ((lost || Date.now() < this.waitingFor) && adrift && !document.querySelector("dialog[open]")) this.focusNewest();
  }

  scrolled() {
    const gap = this.log.scrollHeight - this.log.clientHeight - this.log.scrollTop;
    const byReader = Math.abs(this.log.scrollTop - (this.target ?? -9)) > 2;
    if (byReader) {
      this.following = gap < NEAR;
      if (this.following) this.anchor = null;
    }
    this.tellNews();
  }

  /** Is there a message that begins below what can be seen? */
  tellNews() {
    const {scrollTop, scrollHeight, clientHeight} = this.log;
    const bottom = scrollTop + clientHeight;
    const newest = this.newest();
    this.body.classList.toggle("more", scrollHeight - bottom > 8);
    if (!newest || newest.offsetTop < bottom - NEAR) this.newer.hidden = true;
    else if (this.anchor?.isConnected && this.anchor.offsetTop <= newest.offsetTop) this.newer.hidden = false;
  }

  /** To the end, but never past the first line that is new: it is read from there. */
  follow() {
    const end = this.log.scrollHeight - this.log.clientHeight;
    const start = this.anchor?.isConnected ? this.anchor.offsetTop - 14 : end;
    this.target = Math.max(0, Math.min(end, start));
    this.log.scrollTop = this.target;
    this.tellNews();
  }

  toEnd() {
    this.anchor = null;
    this.following = true;
    this.follow();
  }

  /** Something was done: what comes now is read from here on. */
  moved() {
    this.anchor = null;
    this.following = true;
    // Where the reader is now is right, also if the browser tells it late.
    this.target = this.log.scrollTop;
    this.expect();
  }

  /** What the bot says within a moment answers what was done: focus goes there if it has no other place. */
  expect(milliseconds = 4000) {
    this.waitingFor = Date.now() + milliseconds;
  }

  trouble = (waiting) => {
    clearTimeout(this.slow);
    this.composer.say(waiting ? words("trying", {}, this.code) : "");
  };

  async press(item, kind, more, pressed) {
    const line = this.lines.get(item.id);
    line?.hold(pressed);
    this.moved();
    const reply = await this.room.act(this.person, kind, more, this.trouble, item.form);
    this.expect();
    if (reply?.kind === "errors") this.composer.say(reply.errors.map(({text}) => text).join(" "));
    // The change itself comes with the events; until then the button stays as it is.
    setTimeout(() => line?.release(), kind === "opened" || !reply ? 0 : 1200);
  }

  async say(text) {
    this.moved();
    this.expect(0);
    this.slow = setTimeout(() => this.composer.say(words("sending", {}, this.code)), 600);
    const reply = await this.room.act(this.person, "said", {text}, this.trouble);
    clearTimeout(this.slow);
    if (reply) this.composer.say("");
    // Words that were not taken are given back.
    else if (!this.composer.field.value) this.composer.field.value = text;
  }

  /** @returns {Promise<string>} why it was not taken, or nothing */
  async sendFile(file) {
    this.moved();
    this.expect(0);
    const reply = await this.room.file(this.person, file, this.trouble);
    return reply ? (reply.kind === "refused" ? reply.text : "") : words("not_taken", {}, this.code);
  }

  async start(flow) {
    this.moved();
    await this.room.act(this.person, "started", {flow}, this.trouble);
    this.expect(2000);
  }
}
