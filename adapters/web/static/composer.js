// Where a person writes: words, files, and the ways to begin.

import {icon, make, set, setText, size} from "./make.js";
import {thumbnailKey, thumbnails} from "./lines.js";
import {language, words} from "./words.js";

export class Composer {
  /**
   * @param {string} person
   * @param {{say: (text: string) => void, send: (file: File) => Promise<any>, start: (flow: string) => Promise<any>}} hands
   */
  constructor(person, hands) {
    this.person = person;
    this.hands = hands;
    /** @type {Array<{file: File, picture: string | null, element: HTMLElement}>} */
    this.files = [];
    this.picker = make("input", {type: "file", multiple: true, hidden: true, tabindex: "-1", onchange: () => this.take(this.picker.files)});
    this.attach = make("button", {class: "round quiet", "data-do": "attach", onclick: () => this.choose()}, icon("clip"));
    this.field = make("textarea", {
      rows: 1, "data-field": "words", enterkeyhint: "send", autocomplete: "off",
      oninput: () => this.grow(), onkeydown: (event) => this.key(event), onpaste: (event) => this.pasted(event),
    });
    this.button = make("button", {type: "submit", class: "round main", "data-do": "say"}, icon("send"));
    this.list = make("ul", {class: "attached", hidden: true});
    this.status = make("p", {class: "status", role: "status"});
    this.starts = make("div", {class: "starts", role: "group", hidden: true});
    this.element = make("form", {class: "composer", onsubmit: (event) => { event.preventDefault(); this.send(); }},
      this.starts, this.list, this.status, make("div", {class: "row"}, this.picker, this.attach, this.field, this.button));
  }

  /** @param {string} code language of the person @param {string} first */
  label(code, first) {
    this.code = code;
    this.element.lang = code;
    set(this.field, "placeholder", words("write", {}, code));
    set(this.field, "aria-label", `${words("write", {}, code)} (${first})`);
    for (const [button, key] of [[this.attach, "attach"], [this.button, "send"]]) {
      set(button, "aria-label", words(key, {}, code));
      set(button, "title", words(key, {}, code));
    }
    set(this.list, "aria-label", words("attached", {}, code));
    set(this.starts, "aria-label", words("begin", {}, code));
  }

  /** @param {Array<{flow: string, label: Record<string, string>}>} starts */
  offer(starts) {
    const key = JSON.stringify([starts, this.code]);
    if (key === this.offered) return;
    this.offered = key;
    this.starts.hidden = !starts.length;
    this.starts.replaceChildren(...starts.map(({flow, label}) => {
      const button = make("button", {
        class: "press small", "data-start": flow,
        onclick: async () => {
          if (button.getAttribute("aria-disabled")) return;
          button.setAttribute("aria-disabled", "true");
          button.classList.add("pressed");
          await this.hands.start(flow);
          button.removeAttribute("aria-disabled");
          button.classList.remove("pressed");
        },
      }, label[this.code] ?? label.en ?? label[language()]);
      return button;
    }));
  }

  /** A quiet word above the field; empty takes it away. */
  say(text) {
    setText(this.status, text);
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, 160)}px`;
    if (this.status.textContent) this.say("");
  }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }

  pasted(event) {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    this.take(event.clipboardData.files);
  }

  choose() {
    this.picker.click();
  }

  /** Shows files before anything is sent. @param {FileList | File[]} files */
  take(files) {
    for (const file of files) {
      const picture = file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
      const note = make("small", {}, size(file.size, this.code));
      const entry = {file, picture, note, element: make("li", {},
        picture ? make("img", {src: picture, alt: ""}) : icon("file"),
        make("span", {}, file.name, note),
        make("button", {class: "round quiet", "data-do": "remove", "aria-label": words("remove_file", {name: file.name}, this.code),
          onclick: () => { this.drop(entry); this.field.focus(); }}, icon("close")))};
      this.files.push(entry);
      this.list.append(entry.element);
    }
    this.picker.value = "";
    this.list.hidden = !this.files.length;
    this.button.focus();
  }

  drop(entry, sent = false) {
    if (entry.picture && !sent) URL.revokeObjectURL(entry.picture);
    entry.element.remove();
    this.files = this.files.filter((other) => other !== entry);
    this.list.hidden = !this.files.length;
  }

  async send() {
    const text = this.field.value.trim();
    const files = this.files.filter(({refused}) => !refused);
    if (this.sending || (!text && !files.length)) return;
    this.field.value = "";
    this.grow();
    this.field.focus();
    if (files.length) {
      this.sending = true;
      set(this.button, "aria-disabled", "true");
      for (const entry of files) {
        if (entry.picture) thumbnails.set(thumbnailKey(this.person, entry.file), entry.picture);
        const refused = await this.hands.send(entry.file);
        // A file that was not taken stays, with the reason, until it is removed.
        if (refused) {
          entry.refused = true;
          setText(entry.note, refused);
          entry.element.classList.add("refused");
          this.say(refused);
        } else this.drop(entry, true);
      }
      this.sending = false;
      set(this.button, "aria-disabled", null);
    }
    if (text) this.hands.say(text);
  }
}
