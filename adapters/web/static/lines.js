// One line of a chat: from the bot, from the person, or from the stage. A line is patched in parts, so that a change of
// its buttons does not read its text aloud again.

import {fresh, icon, make, oneAlone, rich, set, setText, size} from "./make.js";
import {Picker, offered} from "./picker.js";
import {hour, short} from "./times.js";
import {words} from "./words.js";

/** Pictures that were sent from this page, so that they are seen in the chat too. */
export const thumbnails = new Map();
export const thumbnailKey = (person, file) => `${person}/${file.name}/${file.size}`;

/**
 * @typedef {object} Hands what a line may do
 * @property {(item: any, kind: string, more: object, pressed: HTMLElement) => void} act
 * @property {(item: any, pressed: HTMLElement) => void} openForm
 * @property {() => void} chooseFiles
 * @property {(text: string) => void} say puts a word beside the composer
 * @property {() => any[]} people
 * @property {Map<number, any>} half half done answers by item
 */

/** The facts that the bot shows; their files can be opened by the person who reads them. */
export function factList(facts, person, code) {
  return make("dl", {class: "facts"}, facts.map(({label, value, files}) => make("div", {}, make("dt", {}, label),
    make("dd", {}, files?.length ? fileList(files, person, code) : rich(value)))));
}

const PICTURES = new Set(["image/png", "image/jpeg", "image/webp", "image/gif"]);

function fileList(files, person, code) {
  return make("ul", {class: "files"}, files.map((file) => {
    const href = `file/${encodeURIComponent(file.case)}/${encodeURIComponent(file.id)}?person=${encodeURIComponent(person)}`;
    const seen = PICTURES.has(file.type);
    return make("li", {}, seen ? make("img", {src: href, alt: "", loading: "lazy"}) : icon("file"),
      make("span", {}, make("a", {href, target: "_blank", rel: "noopener", "data-file": file.id}, file.name), make("small", {}, size(file.size, code))));
  }));
}

/** Lines that only hold words and tags within a line are one paragraph. */
export function paragraphs(nodes) {
  const block = (node) => typeof node !== "string" && ["p", "ul", "ol"].includes(node.t);
  const made = [];
  let run = [];
  const end = () => {
    if (run.some((node) => typeof node !== "string" || node.trim())) made.push(make("p", {}, rich(run)));
    run = [];
  };
  for (const node of nodes ?? []) {
    if (!block(node)) run.push(node);
    else {
      end();
      made.push(...rich([node]));
    }
  }
  end();
  return made;
}

export class Line {
  /** @param {any} item @param {string} person @param {Hands} hands */
  constructor(item, person, hands) {
    this.person = person;
    this.hands = hands;
    this.seen = {};
    this.element = make(item.from === "stage" ? "p" : "div", {class: `line ${item.from}`, "data-item": item.id, "data-from": item.from, tabindex: "-1"});
    this.patch(item, {});
  }

  /**
   * @param {any} item
   * @param {{newest?: boolean, code?: string, begins?: boolean, newDay?: boolean, name?: string}} place newest question; language; first of a run
   */
  patch(item, place) {
    this.item = item;
    if (item.from === "stage") return setText(this.element, item.text);
    this.place = place;
    this.element.classList.toggle("begins", Boolean(place.begins));
    this.part("sign", [item.at, place.begins, place.newDay, place.name, place.code], () => place.begins && this.sign());
    if (item.from === "me") {
      this.part("bubble", [item.text, item.files, place.code], () => this.own());
    } else {
      set(this.element, "data-asks", item.asks);
      set(this.element, "data-tone", item.tone);
      this.element.classList.toggle("newest", Boolean(place.newest));
      this.part("progress", [item.progress, place.newest, place.code], () => place.newest && item.progress?.[1] > 1 && this.progress());
      this.part("bubble", [item.text, item.facts, item.hint], () => this.told());
      this.part("answers", [item.asks, item.choices, item.chosen, item.token, item.form, place.code], () => this.answers());
      this.part("commands", [item.commands, place.newest, place.code, item.token], () => place.newest && this.commands());
    }
  }

  /** Makes one part anew if what it is made of is another. */
  part(name, of, build) {
    const key = JSON.stringify(of);
    if (this.seen[name]?.key === key) return;
    const made = build() || null;
    const old = this.seen[name]?.made;
    if (old && made) old.replaceWith(made);
    else if (made) this.insert(name, made);
    else old?.remove();
    made?.classList.add(name);
    this.seen[name] = {key, made};
  }

  insert(name, made) {
    const order = ["sign", "progress", "bubble", "answers", "commands"];
    const after = order.slice(order.indexOf(name) + 1).map((other) => this.seen[other]?.made).find(Boolean);
    this.element.insertBefore(made, after ?? null);
  }

  sign() {
    return make("p", {}, make("span", {}, this.item.from === "me" ? this.place.name : "Bistand"), " ",
      make("time", {datetime: this.item.at}, (this.place.newDay ? short : hour)(this.item.at, this.place.code)));
  }

  own() {
    const files = (this.item.files ?? []).map((file) => {
      const picture = thumbnails.get(thumbnailKey(this.person, file));
      return make("li", {}, picture ? make("img", {src: picture, alt: ""}) : icon("file"),
        make("span", {}, file.name, make("small", {}, size(file.size, this.place.code))));
    });
    return make("div", {}, this.item.text && make("p", {}, this.item.text), files.length > 0 && make("ul", {class: "files"}, files));
  }

  progress() {
    const [n, of] = this.item.progress;
    const bar = make("span", {class: "bar", "aria-hidden": "true"}, make("span", {}));
    bar.firstChild.style.width = `${Math.min(100, Math.round((n / Math.max(of, 1)) * 100))}%`;
    return make("p", {}, words("progress", {n, of}, this.place.code), bar);
  }

  told() {
    const {text, facts, hint} = this.item;
    const told = paragraphs(text);
    // What was answered stands beneath its question, with a tick.
    const last = told.at(-1);
    if (told.length > 1 && last.textContent.startsWith("✓")) last.className = "answered";
    return make("div", {}, make("div", {class: "text"}, told), facts?.length > 0 && factList(facts, this.person, this.place.code),
      hint?.length > 0 && make("div", {class: "hint"}, paragraphs(hint)));
  }

  /** What can be answered by pressing, ticking or picking. */
  answers() {
    const {asks, choices = [], form, token} = this.item;
    const parts = [];
    if (asks === "many" && choices.length) parts.push(this.ticks());
    else {
      if (asks === "person") parts.push(this.person_());
      if (asks === "files" && token) parts.push(this.dropZone());
      if (form) parts.push(this.button(words("open_form", {}, this.place.code), {"data-do": "form", class: "press main"}, (pressed) => this.hands.openForm(this.item, pressed)));
      // The long list of what can still be changed stands together, smaller.
      const small = choices.some(({id}) => id.startsWith("change:"));
      const made = choices.map((choice) => this.choice(choice, small));
      parts.push(...(small ? [make("div", {class: "minor"}, made)] : made));
    }
    return parts.length > 0 && make("div", {}, parts);
  }

  button(text, attributes, press) {
    const made = make("button", {...attributes, onclick: () => this.busy() || press(made)}, text);
    return made;
  }

  choice({id, label}, small) {
    const before = this.item.chosen?.includes(id) ? "true" : null;
    return this.button(label, {class: small ? "press small" : "press", "aria-pressed": before, "data-choice": id}, (pressed) => this.hands.act(this.item, "chose", {token: this.item.token, options: [id]}, pressed));
  }

  ticks() {
    const {id, choices, token, chosen} = this.item;
    const ticked = new Set(this.hands.half.get(id) ?? chosen ?? []);
    const inputs = choices.map((choice) => make("input", {
      type: "checkbox", "data-choice": choice.id, checked: ticked.has(choice.id),
      onchange: (event) => {
        if (event.target.checked) oneAlone(choices, inputs, choice);
        ticked.clear();
        for (const [place, input] of inputs.entries()) if (input.checked) ticked.add(choices[place].id);
        this.hands.half.set(id, [...ticked]);
      },
    }));
    const boxes = choices.map(({label}, place) => make("label", {class: "tick"}, inputs[place], make("span", {}, label)));
    const send = this.button(words("send_chosen", {}, this.place.code), {class: "press main", "data-do": "send"}, (pressed) => {
      if (!ticked.size) return this.hands.say(words("choose_first", {}, this.place.code));
      const options = choices.map((choice) => choice.id).filter((choice) => ticked.has(choice));
      this.hands.act(this.item, "chose", {token, options}, pressed);
    });
    const question = this.seen.bubble?.made?.querySelector(".text");
    if (question) question.id ||= fresh("question");
    return make("div", {class: "ticks", role: "group", "aria-labelledby": question?.id}, boxes, send);
  }

  person_() {
    const {id, token, among} = this.item;
    let chosen = this.hands.half.get(id) ?? null;
    const picker = new Picker(offered(this.hands.people(), among), chosen, this.place.code, (person) => {
      chosen = person;
      this.hands.half.set(id, person);
    });
    const send = this.button(words("send", {}, this.place.code), {class: "press main", "data-do": "send"}, (pressed) => {
      if (chosen) return this.hands.act(this.item, "chose", {token, options: [chosen]}, pressed);
      this.hands.say(words("pick_person", {}, this.place.code));
      picker.field.focus();
    });
    return make("div", {class: "find"}, picker.element, send);
  }

  dropZone() {
    return make("div", {class: "drop"}, icon("clip"), make("span", {}, make("span", {class: "by-hand"}, words("drop", {}, this.place.code), " "),
      this.button(words("choose_files", {}, this.place.code), {class: "plain", "data-do": "files"}, () => this.hands.chooseFiles())));
  }

  commands() {
    const {commands = [], token} = this.item;
    if (!commands.length) return null;
    return make("div", {role: "group", "aria-label": words("commands", {}, this.place.code)}, commands.map(({id, label}) =>
      this.button(label, {class: "plain", "data-command": id}, (pressed) => this.hands.act(this.item, "commanded", {command: id, token}, pressed))));
  }

  busy() {
    return this.element.getAttribute("aria-busy") === "true";
  }

  /** While a press is under way nothing in this line can be pressed again. Focus stays where it is. */
  hold(pressed) {
    this.element.setAttribute("aria-busy", "true");
    pressed?.classList.add("pressed");
    for (const button of this.element.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  }

  release() {
    this.element.removeAttribute("aria-busy");
    for (const button of this.element.querySelectorAll("button")) {
      button.removeAttribute("aria-disabled");
      button.classList.remove("pressed");
    }
  }
}
