// Finding a person by name: a combobox whose list stands below the field.

import {fresh, initials, make, plain, set, setText} from "./make.js";
import {words} from "./words.js";

/** Who can be picked: everybody, or those of a list. */
export function offered(people, among) {
  return among ? people.filter(({id}) => among.includes(id)) : people;
}

export class Picker {
  /**
   * @param {Array<{id: string, name: string, title: string}>} people
   * @param {string | null} chosen
   * @param {string} code language of the words
   * @param {(id: string | null) => void} onPick
   */
  constructor(people, chosen, code, onPick) {
    this.people = people;
    this.chosen = chosen;
    this.onPick = onPick;
    this.code = code;
    this.active = -1;
    const list = fresh("list");
    this.field = make("input", {
      type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false", "aria-controls": list,
      "aria-autocomplete": "list", "aria-label": words("find_person", {}, code), placeholder: words("find_person", {}, code), "data-field": "person",
      oninput: () => this.typed(), onkeydown: (event) => this.key(event), onfocus: () => this.open(), onclick: () => this.open(),
      onblur: () => this.shut(),
    });
    this.list = make("ul", {id: list, role: "listbox", class: "options", hidden: true, tabindex: "-1", "aria-label": words("find_person", {}, code)});
    this.count = make("p", {class: "unseen", role: "status"});
    this.element = make("div", {class: "picker"}, this.field, this.list, this.count);
    const person = people.find(({id}) => id === chosen);
    if (person) this.field.value = person.name;
  }

  typed() {
    this.chosen = null;
    this.onPick(null);
    this.open();
  }

  open() {
    const wanted = this.chosen ? "" : plain(this.field.value.trim());
    this.found = this.people.filter(({name, title}) => plain(`${name} ${title ?? ""}`).includes(wanted));
    this.active = this.found.findIndex(({id}) => id === this.chosen);
    this.list.replaceChildren(...this.found.map((person, place) => make("li", {
      id: `${this.list.id}-${place}`, role: "option", "aria-selected": String(person.id === this.chosen), "data-choice": person.id,
      // Before the field loses focus, which would shut the list.
      onpointerdown: (event) => { event.preventDefault(); this.pick(place); },
    }, make("span", {class: "face", "aria-hidden": "true"}, initials(person.name)),
    make("span", {}, person.name, make("small", {}, person.title ?? "")))));
    this.list.hidden = this.found.length === 0;
    set(this.field, "aria-expanded", String(!this.list.hidden));
    setText(this.count, this.found.length ? words("people_found", {n: this.found.length}, this.code) : words("nobody_found", {}, this.code));
    this.count.className = this.found.length ? "unseen" : "hint";
    this.point();
  }

  shut() {
    this.list.hidden = true;
    set(this.field, "aria-expanded", "false");
    set(this.field, "aria-activedescendant", null);
  }

  point() {
    [...this.list.children].forEach((option, place) => option.classList.toggle("active", place === this.active));
    const option = this.list.children[this.active];
    set(this.field, "aria-activedescendant", option?.id);
    option?.scrollIntoView({block: "nearest"});
  }

  pick(place) {
    const person = this.found[place];
    if (!person) return;
    this.chosen = person.id;
    this.field.value = person.name;
    this.onPick(person.id);
    this.shut();
  }

  key(event) {
    const last = (this.found?.length ?? 0) - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) return this.open();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.active = this.active + step > last ? 0 : this.active + step < 0 ? last : this.active + step;
      this.point();
    } else if (event.key === "Enter" && !this.list.hidden && this.active >= 0) {
      event.preventDefault();
      this.pick(this.active);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.shut();
    }
  }
}
