// Windows over the page, one at a time: something to read, and questions of the simulator itself. For forms see form.js.

import {factList} from "./lines.js";
import {fresh, icon, make, setText} from "./make.js";
import {words} from "./words.js";

let shown = null;

/**
 * A window. `onLeave` is told when it is left without an answer, `onOver` however it went; `close` names the way out.
 * @param {{title: string, lang?: string, note?: string, onLeave?: () => void, onOver?: () => void, kind: string, close?: string}} about
 * @param {...any} children
 */
export function open(about, ...children) {
  shown?.finish();
  const before = document.activeElement;
  const heading = fresh("dialog");
  let over = false;
  const finish = () => {
    if (over) return;
    over = true;
    shown = null;
    dialog.close();
    dialog.remove();
    about.onOver?.();
    if (before?.isConnected && before !== document.body) before.focus({preventScroll: true});
  };
  const leave = () => {
    if (over) return;
    about.onLeave?.();
    finish();
  };
  const dialog = make("dialog", {"aria-labelledby": heading, lang: about.lang, class: about.kind, "data-dialog": about.kind,
    oncancel: (event) => { event.preventDefault(); leave(); }, onclose: leave},
  make("header", {}, make("div", {}, about.note && make("p", {class: "note"}, about.note), make("h2", {id: heading}, about.title)),
    make("button", {class: "round quiet", "data-do": "close", "aria-label": about.close ?? words("close", {}, about.lang), onclick: leave}, icon("close"))),
  ...children);
  document.body.append(dialog);
  dialog.showModal();
  shown = {finish, dialog};
  return {finish, leave, dialog};
}

export const isOpen = () => shown !== null;

/** Something to read, which does not rest in the chat. */
export function showFacts(person, title, facts) {
  const {dialog, leave} = open({title, lang: person?.language, note: person?.name, kind: "show"});
  const close = make("button", {class: "press main", "data-do": "done", onclick: leave}, words("close", {}, person?.language));
  dialog.append(make("div", {class: "inside", tabindex: "0"}, factList(facts, person?.id, person?.language)), make("footer", {}, close));
  close.focus();
}

/** A yes or no of the simulator itself. @returns {Promise<boolean>} */
export function confirm(title, text, yes) {
  return new Promise((answer) => {
    const {dialog, finish, leave} = open({title, kind: "confirm", onLeave: () => answer(false)}, make("div", {class: "inside"}, make("p", {}, text)));
    const cancel = make("button", {class: "press", "data-do": "cancel", onclick: leave}, words("cancel"));
    dialog.append(make("footer", {}, cancel, make("button", {class: "press main", "data-do": "yes", onclick: () => { finish(); answer(true); }}, yes)));
    cancel.focus();
  });
}

/** Saving the talk: a name, then the text that was written. @param {(name: string) => Promise<{path: string, text: string}>} save */
export function saving(save, suggestion) {
  const field = make("input", {type: "text", id: fresh("field"), value: suggestion, required: true, autocomplete: "off", "data-field": "name"});
  const wrong = make("p", {class: "error", role: "alert", id: fresh("error")});
  const inside = make("div", {class: "inside"}, make("p", {}, words("save_text")), make("div", {class: "field"}, make("label", {for: field.id}, words("save_name")), field, wrong));
  const button = make("button", {type: "submit", class: "press main", "data-do": "yes"}, words("save_yes"));
  const footer = make("footer", {}, make("button", {class: "press", "data-do": "cancel", onclick: () => window.leave()}, words("cancel")), button);
  const form = make("form", {onsubmit: async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") || !field.value.trim()) return field.focus();
    button.setAttribute("aria-disabled", "true");
    try {
      const {path, text} = await save(field.value.trim());
      const copied = make("button", {class: "press", "data-do": "copy", onclick: async () => {
        await navigator.clipboard?.writeText(text).catch(() => {});
        setText(copied, words("copied"));
      }}, words("copy"));
      const done = make("button", {class: "press main", "data-do": "done", onclick: () => window.leave()}, words("close"));
      inside.replaceChildren(make("p", {role: "status"}, words("saved_to", {path})), make("pre", {tabindex: "0", class: "saved"}, text));
      footer.replaceChildren(copied, done);
      done.focus();
    } catch (error) {
      button.removeAttribute("aria-disabled");
      setText(wrong, error.message || words("not_taken"));
    }
  }}, inside, footer);
  const window = open({title: words("save_title"), kind: "save"}, form);
  field.focus();
  field.select();
}
