// One person's chat: the log and the composer beneath it, as in a phone, and what the person does there.

import {Composer} from "./composer.js";
import {Log} from "./log.js";
import {fresh, icon, initials, make, set, setText} from "./make.js";
import {Reading} from "./reading.js";
import {language, words} from "./words.js";

export class Chat {
  /**
   * @param {string} person
   * @param {object} room the page: what a chat may ask of it, see screen.js
   */
  constructor(person, room) {
    this.person = person;
    this.room = room;
    this.half = new Map();
    this.waitingFor = 0;
    this.log = new Log(person, {
      act: (item, kind, more, pressed) => this.press(item, kind, more, pressed),
      openForm: (item, pressed) => this.press(item, "opened", {token: item.token ?? item.form.token}, pressed),
      chooseFiles: () => this.composer.choose(),
      say: (text) => this.composer.say(text),
      people: () => room.stage().people,
      half: this.half,
    });
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
    this.empty = make("div", {class: "empty", hidden: true});
    this.newer = make("button", {class: "newer", hidden: true, "data-do": "newer", onclick: () => {
      this.reading.toEnd();
      this.log.focusNewest();
    }});
    const body = make("div", {class: "body"}, this.log.element, this.empty, this.newer);
    this.reading = new Reading(this.log.element, body, this.newer, () => this.log.newest());
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
    body, this.composer.element);
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
    set(this.log.element, "lang", person.language);
    set(this.log.element, "aria-label", words("chat_of", {name}));
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

  /** Everything anew, as after a reconnect. */
  replace(items) {
    this.log.keep(items);
    this.apply(items);
  }

  /** New and changed lines. */
  apply(items) {
    const focused = document.activeElement;
    const inside = this.element.contains(focused);
    const first = this.log.lines.size === 0;
    const {firstNew, own, answered} = this.log.take(items);
    if (own) this.composer.say("");
    // What comes after an answer is read from here on.
    if (answered) this.reading.anchor = null;
    this.arrange();
    this.reading.came(firstNew, own, first);
    this.refocus(inside && !focused.isConnected);
  }

  /** Which question is the newest, and whether there is anything to begin. */
  arrange() {
    const stage = this.room.stage();
    const empty = this.log.lines.size === 0;
    this.log.arrange(this.code, stage.people.find(({id}) => id === this.person)?.first);
    this.empty.hidden = !empty;
    const inTalk = stage.standing.some(({person, status}) => person === this.person && status === "live");
    this.composer.offer(this.log.waits(inTalk) ? [] : stage.starts);
    this.composer.element.classList.toggle("leads", empty && stage.lead.reporter === this.person);
  }

  /** After a press whose button went, focus goes on to what the bot says next, never back to the top of the page. */
  refocus(lost) {
    const now = document.activeElement;
    const adrift = lost || now === document.body || (now?.classList.contains("line") && this.log.element.contains(now));
    if ((lost || Date.now() < this.waitingFor) && adrift && !document.querySelector("dialog[open]")) this.log.focusNewest();
  }

  /** Something was done: what comes now is read from here on. */
  moved() {
    this.reading.moved();
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
    const line = this.log.lines.get(item.id);
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
