// A form over the page. What is typed survives a reload, and a closing by mistake; it goes when it is sent.

import {open} from "./dialog.js";
import {makeField} from "./fields.js";
import {paragraphs} from "./lines.js";
import {make, set, setText} from "./make.js";
import {keep, kept} from "./memory.js";
import {counted, words} from "./words.js";

const OPEN = "open-form";
const draftKey = ({case: file, session, step}) => `draft.${JSON.stringify([file, session, step])}`;

/** The form that was open before a reload. */
export const lastForm = () => kept(OPEN);

/**
 * @param {{id: string, name: string, language: string}} person
 * @param {any} form
 * @param {{people: any[], submit: Function, help: Function, left: () => void, over: () => void, then: (reply: any) => void}} hands
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
  const trying = (waiting) => setText(trouble, waiting ? words("trying", {}, code) : "");
  const {told, ask} = emergency(hands, code, trying);
  const submit = make("button", {type: "submit", class: "press main", "data-do": "submit"}, form.submit);

  const body = make("form", {novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    if (submit.getAttribute("aria-disabled")) return;
    for (const field of fields) field.wrong("");
    // what the browser cannot read it does not send: it would be gone without a word
    const halves = fields.map(({id, half}) => ({field: id, half: half()})).filter(({half}) => half);
    if (halves.length) return showErrors(halves.map(({field, half}) => ({field, text: words(half, {}, code)})));
    submit.setAttribute("aria-disabled", "true");
    submit.classList.add("pressed");
    const reply = await hands.submit(values(), trying);
    submit.removeAttribute("aria-disabled");
    submit.classList.remove("pressed");
    if (reply?.error) setText(trouble, reply.error);
    else if (reply?.kind === "errors") showErrors(reply.errors);
    else {
      forget();
      window.finish();
      hands.then(reply);
    }
  }}, told, make("div", {class: "inside"}, fields.map(({element}) => element)), make("footer", {}, ask, trouble,
    make("button", {class: "press", "data-do": "left", onclick: () => window.leave()}, words("to_chat", {}, code)), submit));

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

  const window = open({title: form.title, lang: code, note: person.name, kind: "form", close: words("to_chat", {}, code), onOver: hands.over, onLeave: () => { keep(OPEN, null); hands.left(); }}, body);
  for (const field of fields) field.grow?.();
  fields[0]?.focus();
}

/** Help is one press away here too: it is told above the fields, and what is typed stays. */
function emergency(hands, code, trying) {
  const told = make("section", {class: "help", role: "status", "aria-label": words("emergency", {}, code)});
  const hear = ({text}) => {
    told.replaceChildren(...paragraphs(text));
    // It may have to be scrolled, with keys too.
    set(told, "tabindex", "0");
    told.scrollTop = 0;
  };
  const ask = make("button", {class: "plain", "data-command": "emergency", onclick: async () => {
    if (ask.getAttribute("aria-disabled")) return;
    set(ask, "aria-disabled", "true");
    await hands.help(hear, trying);
    set(ask, "aria-disabled", null);
  }}, words("emergency", {}, code));
  return {told, ask};
}
