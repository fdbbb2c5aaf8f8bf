// The page is built of elements only, never of HTML in text: what people write cannot become markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element: make("p", {class: "quiet", onclick: go}, "text", child). Nothing is set for null and false.
 * @param {string} tag
 * @param {Record<string, any>} [attributes]
 * @param {...any} children
 * @returns {any}
 */
export function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/** The same for SVG. @returns {any} */
export function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  if (element.localName === "button") element.type = "button";
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Sets a text only when it is another one, so that nothing is read aloud twice. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Sets an attribute, or takes it away for null and false. */
export function set(element, name, value) {
  if (value === null || value === undefined || value === false) element.removeAttribute(name);
  else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, String(value));
}

let count = 0;

/** A fresh id for labels. */
export const fresh = (name) => `${name}-${++count}`;

/** Text for screen readers only. */
export const unseen = (text) => make("span", {class: "unseen"}, text);

/** What goes with no other is ticked by itself: the others go, or it goes. */
export function oneAlone(choices, inputs, ticked) {
  for (const [place, choice] of choices.entries()) {
    if (choice.id !== ticked.id && (ticked.alone || choice.alone)) inputs[place].checked = false;
  }
}

/** "Ana Holm" is AH. @param {string} name */
export function initials(name) {
  const parts = name.trim().split(/\s+/);
  return (parts[0].charAt(0) + (parts.length > 1 ? parts[parts.length - 1].charAt(0) : "")).toUpperCase();
}

/** Small letters without marks, so that Østergaard is found by "ost" and Skåne by "skane". */
export const plain = (text) => text.toLowerCase().replaceAll("ø", "o").replaceAll("æ", "ae").normalize("NFKD").replace(/[\u0300-\u036f]/g, "");

const TAGS = new Set(["p", "ul", "ol", "li", "b", "i", "a", "br"]);
const SPOKEN = {b: "strong", i: "em"};
/** A reference, a number or a name in bold is not parted at the end of a line. */
const NAME = 20;

/**
 * The small Markdown that the server sends as nodes.
 * @param {Array<string | {t: string, c?: any[], href?: string}>} nodes
 * @returns {Array<string | HTMLElement>}
 */
export function rich(nodes) {
  return (nodes ?? []).map((node) => {
    if (typeof node === "string") return node;
    if (!TAGS.has(node.t)) return make("span", {}, rich(node.c));
    if (node.t === "a") return link(node);
    const [only] = node.c ?? [];
    const name = node.t === "b" && typeof only === "string" && only.length <= NAME && only.split(" ").length <= 2;
    return make(SPOKEN[node.t] ?? node.t, {class: name && "name-like"}, rich(node.c));
  });
}

function link(node) {
  const safe = /^(https?:|mailto:|tel:)/i.test(node.href ?? "");
  const attributes = safe ? {href: node.href, target: "_blank", rel: "noopener noreferrer"} : {};
  return make(safe ? "a" : "span", attributes, rich(node.c));
}

const ICONS = {
  close: "M6 6l12 12M18 6L6 18",
  phone: "M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM11 18h2",
  desktop: "M3 5h18v11H3zM9 20h6M12 16v4",
  clip: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4L14.5 7",
  send: "M12 20V4M5 11l7-7 7 7",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6L19 19M19 5l-1.4 1.4M6.4 17.6L5 19",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.500 10.500z",
  down: "M6 9l6 6 6-6",
  menu: "M4 7h16M4 12h16M4 17h16",
  panel: "M3 5h18v14H3zM15 5v14",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  check: "M5 12.500l4.500 4.500L19 7.500",
};

/** A line drawing in the colour of the text; the words stand beside it or in a label. */
export function icon(name) {
  return draw("svg", {viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false"}, draw("path", {d: ICONS[name]}));
}

/** The mark: something is carried. */
export function mark() {
  return draw("svg", {viewBox: "0 0 64 64", class: "mark", "aria-hidden": "true", focusable: "false"},
    draw("circle", {cx: 32, cy: 21, r: 9}), draw("path", {d: "M10 33a22 18 0 0 0 44 0"}));
}

/** 1.2 MB */
export function size(bytes, code) {
  const [unit, by] = bytes >= 1e6 ? ["megabyte", 1e6] : bytes >= 1000 ? ["kilobyte", 1000] : ["byte", 1];
  return new Intl.NumberFormat(code, {style: "unit", unit, maximumFractionDigits: by === 1e6 ? 1 : 0}).format(bytes / by);
}
