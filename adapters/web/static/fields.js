// One field of a form: its element, how it is read, and how an error is shown at it.

import {fresh, make, oneAlone, rich, set, setText} from "./make.js";
import {offered} from "./picker.js";
import {words} from "./words.js";

const TYPES = {text: "text", number: "text", date: "date", time: "time", email: "email", phone: "tel", url: "url"};
const HALVES = {date: "half_date", datetime: "half_date", time: "half_time"};
const MODES = {number: "decimal", email: "email", phone: "tel", url: "url"};

export function makeField(field, initial, people, code, changed) {
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
  let inputs;
  let half = () => Boolean(control.validity?.badInput);

  if (group) {
    inputs = field.options.map((option) => make("input", {type: many ? "checkbox" : "radio", name: id, value: option.id, checked: initial.includes(option.id), "data-choice": option.id, ...on, onchange: (event) => {
      if (many && event.target.checked) oneAlone(field.options, inputs, option);
      changed();
    }}));
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
  } else if (field.input === "datetime") {
    // The day alone is enough: not everybody knows when it was.
    const described = {"aria-describedby": told, autocomplete: "off", ...on};
    const date = make("input", {id, name: field.id, type: "date", "aria-required": field.required ? "true" : null, ...described});
    const time = make("input", {type: "time", "aria-label": words("time_if_known", {}, code), ...described});
    [date.value, time.value] = [(initial[0] ?? "").slice(0, 10), (initial[0] ?? "").slice(11, 16)];
    control = make("div", {class: "moment"}, date, make("span", {"aria-hidden": "true"}, words("time_if_known", {}, code)), time);
    inputs = [date, time];
    read = () => (date.value ? [time.value ? `${date.value}T${time.value}` : date.value] : []);
    half = () => date.validity.badInput || time.validity.badInput || Boolean(time.value && !date.value);
    focus = () => date.focus();
  } else {
    const common = {id, name: field.id, "aria-describedby": told, "aria-required": field.required ? "true" : null, ...on};
    if (field.input === "one" || field.input === "person") {
      const options = field.input === "person" ? offered(people, field.among).map((person) => ({id: person.id, label: person.title ? `${person.name}, ${person.title}` : person.name})) : field.options;
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
    half: () => (half() ? HALVES[field.input] ?? "half_number" : null),
    wrong(text) {
      setText(error, text);
      error.hidden = !text;
      for (const input of inputs ?? [control]) {
        set(input, "aria-invalid", text ? "true" : null);
        if (group) set(input, "aria-describedby", text ? error.id : null);
      }
      parts.classList.toggle("wrong", Boolean(text));
    },
  };
}
