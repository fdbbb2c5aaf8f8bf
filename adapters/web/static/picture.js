// A flow drawn as it runs: where everybody stands, what has been gone through, and what is ahead.

import {draw, fresh, initials} from "./make.js";
import {words} from "./words.js";

const FONT = "12.5px system-ui, sans-serif";
const LINE = 16;
const measure = document.createElement("canvas").getContext("2d");

/** Words in lines that fit; what does not fit ends with dots. */
function wrap(text, width, lines) {
  measure.font = FONT;
  const fits = (line) => measure.measureText(line).width <= width;
  const made = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (fits(longer) || !line) line = longer;
    else {
      made.push(line);
      line = word;
    }
  }
  made.push(line);
  const kept = made.slice(0, Math.max(1, lines));
  const cut = made.length > kept.length;
  return kept.map((each, place) => {
    if (fits(each) && !(cut && place === kept.length - 1)) return each;
    let short = each;
    while (short && !fits(`${short}…`)) short = short.slice(0, -1);
    return `${short.trimEnd()}…`;
  });
}

/** The outline of each kind, so that kinds are told apart without colour. */
function outline({kind, x, y, w, h}) {
  const r = Math.min(h / 2, 10);
  const rect = (radius) => [draw("rect", {x, y, width: w, height: h, rx: radius, class: "shape"})];
  const path = (d) => draw("path", {d, class: "shape"});
  const mark = (d) => draw("path", {d, class: "detail"});
  switch (kind) {
    case "condition": {
      const cut = Math.min(14, h / 2);
      return [path(`M${x + cut} ${y}H${x + w - cut}L${x + w} ${y + h / 2}L${x + w - cut} ${y + h}H${x + cut}L${x} ${y + h / 2}Z`)];
    }
    case "end": return rect(h / 2).concat(draw("rect", {x: x + 3, y: y + 3, width: w - 6, height: h - 6, rx: h / 2 - 3, class: "detail"}));
    case "question": return rect(h / 2);
    case "wait": return rect(h / 2).map((shape) => (shape.classList.add("dotted"), shape));
    case "form": return rect(4).concat(mark(`M${x + 9} ${y + 5}h8M${x + 9} ${y + 9}h8`));
    case "review": {
      const fold = 10;
      return [path(`M${x} ${y}H${x + w - fold}L${x + w} ${y + fold}V${y + h}H${x}Z`), mark(`M${x + w - fold} ${y}V${y + fold}H${x + w}`)];
    }
    case "task": return rect(r).concat(mark(`M${x + 9} ${y + h / 2 - 5}h10v10h-10z`));
    case "do": return rect(2).concat(mark(`M${x + 6} ${y}V${y + h}`));
    case "call": return rect(2).concat(mark(`M${x + 6} ${y}V${y + h}M${x + w - 6} ${y}V${y + h}`));
    default: return rect(r);
  }
}

const INDENT = {task: 24, do: 10, call: 10, form: 14, condition: 10, question: 8, end: 8, wait: 8};

export class Picture {
  /** @param {any} flow as the server sends it @param {(key: string) => void} onPick */
  constructor(flow, onPick) {
    const {width, height, nodes, edges} = flow.picture;
    this.nodes = new Map();
    const tip = fresh("tip");
    const arrow = draw("marker", {id: tip, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 9, markerHeight: 9, markerUnits: "userSpaceOnUse", orient: "auto-start-reverse"}, draw("path", {d: "M0 0.5L8 4L0 7.5z", class: "tip"}));
    const pad = 26;
    this.element = draw("svg", {viewBox: `${-pad} ${-pad} ${width + 2 * pad} ${height + 2 * pad}`, width: width + 2 * pad, height: height + 2 * pad, class: "picture", role: "img", "aria-label": words("flow_picture", {title: flow.title})}, draw("defs", {}, arrow));
    // It fits the width, but never so small that it cannot be read.
    this.element.style.minWidth = `${Math.round((width + 2 * pad) * 0.82)}px`;
    const ways = draw("g", {class: "ways"});
    const notes = draw("g", {class: "notes"});
    this.edges = edges.map((edge) => {
      const path = draw("path", {d: edge.path, class: "edge", "marker-end": `url(#${tip})`});
      ways.append(path);
      return {...edge, element: path};
    });
    const boxes = draw("g", {class: "boxes"});
    for (const node of nodes) {
      const indent = INDENT[node.kind] ?? 0;
      const room = node.w - 20 - indent * (node.kind === "condition" || node.kind === "end" || node.kind === "call" ? 2 : 1);
      const lines = wrap(node.label.replace(/\*+/g, ""), room, Math.floor((node.h - 6) / LINE));
      const middle = node.x + (["task", "do", "form"].includes(node.kind) ? indent / 2 : 0) + node.w / 2;
      const top = node.y + node.h / 2 - ((lines.length - 1) * LINE) / 2;
      const text = draw("text", {class: "label"}, lines.map((line, place) => draw("tspan", {x: middle, y: top + place * LINE}, line)));
      const sign = draw("path", {class: "sign", d: `M${node.x + node.w - 7} ${node.y + 1}l3.500 3.500l6 -8`});
      const faces = draw("g", {class: "faces"});
      const element = draw("g", {class: `node ${node.kind}`, "data-node": node.key, onclick: () => onPick(node.key)}, draw("title", {}, node.label), outline(node), text, sign, faces);
      boxes.append(element);
      this.nodes.set(node.key, {...node, element, faces});
    }
    this.element.append(ways, boxes, notes);
    // Words on an edge stand at its middle, which is known once it is on the page.
    requestAnimationFrame(() => {
      for (const {element, label} of this.edges) {
        if (!label || !element.isConnected) continue;
        const {x, y} = element.getPointAtLength(element.getTotalLength() / 2);
        notes.append(draw("text", {x, y: y + 4, class: "note"}, wrap(label, 120, 1)[0], draw("title", {}, label)));
      }
    });
  }

  /**
   * @param {Array<{key: string | null, done: string[], name: string, person: string}>} standings
   * @param {string | null} mine the person who is followed
   */
  stand(standings, mine) {
    const followed = standings.filter(({person}) => person === mine);
    const gone = new Set((followed.length ? followed : standings).flatMap(({done}) => done));
    for (const node of this.nodes.values()) {
      const here = standings.filter(({key}) => key === node.key);
      node.element.classList.toggle("here", here.length > 0);
      node.element.classList.toggle("done", gone.has(node.key) && !here.length);
      node.faces.replaceChildren(...here.flatMap(({name}, place) => {
        const x = node.x + node.w - 16 - place * 22;
        return [draw("circle", {cx: x, cy: node.y, r: 12}), draw("text", {x, y: node.y + 4}, initials(name))];
      }));
    }
    for (const {from, to, element} of this.edges) {
      const reached = to && (gone.has(to) || this.nodes.get(to)?.element.classList.contains("here"));
      element.classList.toggle("done", Boolean(gone.has(from) && reached));
    }
  }

  pick(key) {
    for (const node of this.nodes.values()) node.element.classList.toggle("picked", node.key === key);
  }

  /** The node in the middle of what can be seen. */
  reveal(key, view) {
    const node = this.nodes.get(key);
    if (!node || !view.clientHeight) return;
    const scale = this.element.getBoundingClientRect().width / this.element.viewBox.baseVal.width;
    const pad = -this.element.viewBox.baseVal.x;
    view.scrollTo({top: (node.y + node.h / 2 + pad) * scale - view.clientHeight / 2, left: (node.x + node.w / 2 + pad) * scale - view.clientWidth / 2});
  }
}
