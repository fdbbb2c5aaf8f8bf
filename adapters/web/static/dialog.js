// Windows over the page: a form, something to read, a question of the simulator itself. One at a time.

import {factList} from "./lines.js";
import {fresh, icon, make, rich, set, setText} from "./make.js";
import {keep, kept} from "./memory.js";
import {counted, words} from "./words.js";

let shown = null;

/**
 * @param {{title: string, lang?: string, note?: string, onLeave?: () => void, kind: string}} about
 * @param {...any} children
 */
function open(about, ...children) {
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
    make("button", {class: "round quiet", "data-do": "close", "aria-label": words("close", {}, about.lang), onclick: leave}, icon("close"))),
  ...children);
  document.body.append(dialog);
  dialog.showModal();
  shown = {finish, dialog};
  return {finish, leave, dialog};
}

export const isOpen = () => shown !== null;
export const closeAny = () => shown?.finish();

/** Something to read, which does not rest in the chat. */
export function showFacts(person, title, facts) {
  const {dialog, leave} = open({title, lang: person?.language, note: person?.name, kind: "show"});
  const close = make("button", {class: "press main", "data-do": "done", onclick: leave}, words("close", {}, person?.language));
  dialog.append(make("div", {class: "inside", tabindex: "0"}, factList(facts)), make("footer", {}, close));
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

const OPEN = "open-form";
const draftKey = ({case: file, session, step}) => `draft.${JSON.stringify([file, session, step])}`;

/** The form that was open before a reload. */
export const lastForm = () => kept(OPEN);

/**
 * A form. What is typed survives a reload, and a closing by mistake; it goes when it is sent.
 * @param {{id: string, name: string, language: string}} person
 * @param {any} form
 * @param {{people: any[], submit: (values: object) => Promise<any>, left: () => void}} hands
 */
export function openForm(person, form, hands) {
  const code = person.language;
  const draft = kept(draftKey(form.token), {});
  keep(OPEN, {person: person.id, form});
  const forget = () => {
    keep(OPEN, null);
    keep(draftKey(form.token), null);
  };

  const fields = form.fields.map((field) => makeField(field, draft[field.id] ?? field.initial ?? [], hands.people, code, () => keep(draftKey(form.token), values())));
  const values = () => Object.fromEntries(fields.map(({id, read}) => [id, read()]));
  const trouble = make("p", {class: "status", role: "status"});
  const submit = make("button", {type: "submit", class: "press main", "data-do": "submit"}, form.submit);

  const body = make("form", {novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    if (submit.getAttribute("aria-disabled")) return;
    for (const field of fields) field.wrong("");
    // what the browser cannot read it does not send: it would be gone without a word
    const halves = fields.filter((field) => field.half());
    if (halves.length) return showErrors(halves.map(({id}) => ({field: id, text: words("half_date", {}, code)})));
    submit.setAttribute("aria-disabled", "true");
    submit.classList.add("pressed");
    const reply = await hands.submit(values(), (waiting) => setText(trouble, waiting ? words("trying", {}, code) : ""));
    submit.removeAttribute("aria-disabled");
    submit.classList.remove("pressed");
    if (reply?.error) setText(trouble, reply.error);
    else if (reply?.kind === "errors") showErrors(reply.errors);
    else {
      forget();
      window.finish();
      hands.then?.(reply);
    }
  }}, make("div", {class: "inside"}, fields.map(({element}) => element)), make("footer", {}, trouble,
    make("button", {class: "press", "data-do": "left", onclick: () => window.leave()}, words("close", {}, code)), submit));

  function showErrors(errors) {
    let first = null;
    const loose = [];
    for (const {field, text} of errors) {
      const found = fields.find(({id}) => id === field);
      if (found) found.wrong(text);
      else loose.push(text);
    }
    first = fields.find(({id}) => errors.some(({field}) => field === id));
    setText(trouble, loose.join(" ") || counted("form_errors", errors.length, code));
    first?.focus();
  }

  const window = open({title: form.title, lang: code, note: person.name, kind: "form", onLeave: () => { keep(OPEN, null); hands.left(); }}, body);
  for (const field of fields) field.grow?.();
  fields[0]?.focus();
}

const TYPES = {text: "text", number: "text", date: "date", time: "time", datetime: "datetime-local", email: "email", phone: "tel", url: "url"};
const MODES = {number: "decimal", email: "email", phone: "tel", url: "url"};

/** One field: its element, how it is read, and how an error is shown at it. */
function makeField(field, initial, people, code, changed) {
  const id = fresh("field");
  const hint = field.hint?.length ? make("div", {class: "hint", id: `${id}-hint`}, rich(field.hint)) : null;
  const error = make("p", {class: "error", id: `${id}-error`, hidden: true});
  const needed = field.required && make("span", {class: "needed"}, ` (${words("needed", {}, code)})`);
  const many = field.input === "many";
  const group = many || (field.input === "one" && field.options.length <= 6);
  const told = [hint?.id, error.id].filter(Boolean).join(" ");
  const on = {oninput: changed, onchange: changed};
  let control;
  let read;
  let focus;
  let grow;

  if (group) {
    const inputs = field.options.map((option) => make("input", {type: many ? "checkbox" : "radio", name: id, value: option.id, checked: initial.includes(option.id), "data-choice": option.id, ...on}));
    read = () => inputs.filter((input) => input.checked).map((input) => input.value);
    const clear = !many && !field.required && make("button", {class: "plain", hidden: !read().length, onclick: () => {
      for (const input of inputs) input.checked = false;
      clear.hidden = true;
      inputs[0].focus();
      changed();
    }}, words("clear", {}, code));
    control = make("div", {class: "options", onchange: () => clear && (clear.hidden = !read().length)},
      inputs.map((input, place) => make("label", {class: "tick"}, input, make("span", {}, field.options[place].label))), clear);
    focus = () => (inputs.find((input) => input.checked) ?? inputs[0])?.focus();
  } else {
    const common = {id, name: field.id, "aria-describedby": told, "aria-required": field.required ? "true" : null, ...on};
    if (field.input === "one" || field.input === "person") {
      const options = field.input === "person" ? people.map((person) => ({id: person.id, label: person.title ? `${person.name}, ${person.title}` : person.name})) : field.options;
      control = make("select", common, make("option", {value: ""}, words("no_choice", {}, code)), options.map((option) => make("option", {value: option.id}, option.label)));
    } else if (field.input === "paragraph") {
      control = make("textarea", {...common, rows: 4});
      grow = () => {
        control.style.height = "auto";
        control.style.height = `${Math.min(control.scrollHeight + 2, 420)}px`;
      };
      control.addEventListener("input", grow);
    } else {
      control = make("input", {...common, type: TYPES[field.input] ?? "text", inputmode: MODES[field.input], autocomplete: "off"});
    }
    control.value = initial[0] ?? "";
    read = () => (control.value.trim() ? [control.value.trim()] : []);
    focus = () => control.focus();
  }

  const parts = group
    ? make("fieldset", {class: "field", "data-field": field.id, "aria-describedby": told, tabindex: "-1"}, make("legend", {}, field.label, needed), hint, control, error)
    : make("div", {class: "field", "data-field": field.id}, make("label", {for: id}, field.label, needed), hint, control, error);

  return {
    id: field.id, element: parts, read, focus, grow,
    half: () => Boolean(control.validity?.badInput),
    wrong(text) {
      setText(error, text);
      error.hidden = !text;
      for (const input of group ? control.querySelectorAll("input") : [control]) {
        set(input, "aria-invalid", text ? "true" : null);
        if (group) set(input, "aria-describedby", text ? error.id : null);
      }
      parts.classList.toggle("wrong", Boolean(text));
    },
  };
}
