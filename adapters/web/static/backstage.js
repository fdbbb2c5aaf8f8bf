// Behind the scene: the case, what comes next, and the flow. None of it is seen by the people in the chats.

import {flow as fetchFlow} from "./connection.js";
import {draw, fresh, icon, make, set, setText} from "./make.js";
import {remember, remembered} from "./memory.js";
import {Picture} from "./picture.js";
import {date, hour, isPast, relative, short, whole} from "./times.js";
import {counted, language, words} from "./words.js";

const TABS = ["case", "next", "flow"];

/** How much somebody sees, as a sign beside the word: a circle that is full, half full, a little full or empty. */
function sight(sees) {
  const filled = {all: "M12 4a8 8 0 0 1 0 16a8 8 0 0 1 0-16z", own: "M12 4a8 8 0 0 1 0 16z", little: "M12 12V4a8 8 0 0 1 8 8z"}[sees];
  return draw("svg", {viewBox: "0 0 24 24", class: "sight", "aria-hidden": "true", focusable: "false"},
    draw("circle", {cx: 12, cy: 12, r: 8.5}), filled && draw("path", {d: filled}), sees === "nothing" && draw("path", {class: "bar", d: "M6 18L18 6"}));
}

const nothing = (title, text) => make("div", {class: "nothing"}, make("p", {}, title), text && make("p", {class: "hint"}, text));

export class Backstage {
  /** @param {{close: Function, wait: (how: object) => Promise<any>, focused: () => string | null}} hands */
  constructor(hands) {
    this.hands = hands;
    this.tab = TABS.includes(remembered("tab")) ? remembered("tab") : "case";
    this.chosenCase = null;
    this.chosenFlow = null;
    this.keys = {};
    this.flows = new Map();
    this.heading = make("h2", {id: fresh("backstage"), tabindex: "-1"});
    this.shut = make("button", {class: "round quiet", "data-do": "close", onclick: hands.close}, icon("close"));
    this.tabs = TABS.map((tab) => make("button", {role: "tab", id: `tab-${tab}`, "aria-controls": `panel-${tab}`, "data-tab": tab, onclick: () => this.choose(tab)}));
    this.list = make("div", {role: "tablist", class: "tabs", onkeydown: (event) => this.key(event)}, this.tabs);
    this.panels = Object.fromEntries(TABS.map((tab) => [tab, make("div", {role: "tabpanel", id: `panel-${tab}`, "aria-labelledby": `tab-${tab}`, tabindex: "0", class: `panel ${tab}`})]));
    this.element = make("section", {class: "backstage", id: "backstage", "aria-labelledby": this.heading.id},
      make("header", {}, this.heading, this.shut), this.list, Object.values(this.panels));
    this.buildFlow();
    this.label();
  }

  label() {
    setText(this.heading, words("backstage"));
    set(this.shut, "aria-label", words("close_backstage"));
    set(this.list, "aria-label", words("backstage"));
    this.tabs.forEach((tab, place) => setText(tab, words(`tab_${TABS[place]}`)));
  }

  key(event) {
    const step = {ArrowLeft: -1, ArrowRight: 1}[event.key];
    const place = event.key === "Home" ? 0 : event.key === "End" ? TABS.length - 1 : step ? (TABS.indexOf(this.tab) + step + TABS.length) % TABS.length : -1;
    if (place < 0) return;
    event.preventDefault();
    this.choose(TABS[place]);
    this.tabs[place].focus();
  }

  choose(tab) {
    this.tab = tab;
    remember("tab", tab);
    this.show(this.stage);
  }

  /** @param {any} stage */
  show(stage) {
    this.stage = stage;
    if (!stage) return;
    this.label();
    this.tabs.forEach((tab, place) => {
      const is = TABS[place] === this.tab;
      set(tab, "aria-selected", String(is));
      set(tab, "tabindex", is ? "0" : "-1");
      this.panels[TABS[place]].hidden = !is;
    });
    if (this.element.hidden) return;
    if (this.tab === "case") this.redraw("case", [stage.cases, stage.people, this.chosenCase, date(stage.now), hour(stage.now), language()], () => this.cases());
    if (this.tab === "next") this.redraw("next", [stage.next, stage.cases.map(({reference}) => reference), stage.now, language()], () => this.coming());
    if (this.tab === "flow") this.showFlow();
  }

  /** Draws a panel anew when what it shows is another; focus finds its place again. */
  redraw(tab, of, build) {
    const key = JSON.stringify(of);
    if (this.keys[tab] === key) return;
    this.keys[tab] = key;
    const panel = this.panels[tab];
    const mark = panel.contains(document.activeElement) ? document.activeElement.dataset.mark : null;
    panel.replaceChildren(...[build()].flat(2).filter(Boolean));
    if (mark) (panel.querySelector(`[data-mark="${CSS.escape(mark)}"]`) ?? panel).focus({preventScroll: true});
  }

  name(id) {
    return this.stage.people.find((person) => person.id === id)?.name ?? words("nobody");
  }

  cases() {
    const {cases, now} = this.stage;
    if (!cases.length) return nothing(words("no_case"), words("no_case_2"));
    const shown = cases.find(({id}) => id === this.chosenCase) ?? cases[0];
    const pick = fresh("case");
    const chooser = cases.length > 1 && make("div", {class: "choose"}, make("label", {for: pick}, words("case_pick")),
      make("select", {id: pick, "data-do": "case", "data-mark": "case", onchange: (event) => { this.chosenCase = event.target.value; this.show(this.stage); }},
        cases.map((each) => make("option", {value: each.id, selected: each === shown}, `${each.reference} · ${each.status.label}`))));
    const pair = (label, value) => make("div", {}, make("dt", {}, label), make("dd", {}, value));
    const deadlines = [...shown.deadlines].sort((one, other) => new Date(one.at) - new Date(other.at));
    return [
      chooser,
      make("article", {"data-case": shown.id},
        make("h3", {class: "reference"}, shown.reference, make("span", {class: "tag", "data-status": shown.status.id}, shown.status.label)),
        make("dl", {class: "pairs"}, pair(words("level"), make("span", {class: "level", "data-level": shown.level.id}, shown.level.label)),
          pair(words("reporter"), this.name(shown.reporter)), pair(words("owner"), shown.has_it)),
        deadlines.length > 0 && [make("h4", {}, words("deadlines")), make("ul", {class: "due"}, deadlines.map(({label, at}) => make("li", {class: isPast(at, now) ? "past" : ""},
          make("span", {}, label), make("span", {class: "when"}, `${short(at)} · ${isPast(at, now) ? `${words("passed")}, ` : ""}${relative(at, now)}`))))],
        make("h4", {id: "sights"}, words("sights")),
        make("table", {"aria-labelledby": "sights"},
          make("thead", {}, make("tr", {}, ["person", "sees", "why"].map((key) => make("th", {scope: "col"}, words(`sight_${key}`))))),
          make("tbody", {}, shown.sights.map(({person, sees, label, why}) => make("tr", {"data-person": person, "data-sees": sees},
            make("th", {scope: "row"}, this.name(person)), make("td", {}, make("span", {class: "sees"}, sight(sees), label)), make("td", {}, why))))),
        make("h4", {}, words("timeline")),
        make("ol", {class: "timeline"}, shown.timeline.map(({at, text}) => make("li", {}, make("time", {datetime: at}, short(at)), make("span", {}, text))))),
    ];
  }

  coming() {
    const {next, cases, now} = this.stage;
    if (!next.length) return nothing(words("no_next"), words("no_next_2"));
    return make("ol", {class: "coming"}, next.map((each, place) => {
      const reference = cases.find(({id}) => id === each.case)?.reference;
      return make("li", {}, make("div", {},
        make("p", {class: "what"}, each.text),
        make("p", {class: "when"}, make("b", {}, relative(each.at, now)), " · ", make("time", {datetime: each.at}, whole(each.at)), reference && [" · ", make("span", {}, reference)])),
      make("button", {class: "press small", "data-do": "go", "data-mark": `go-${place}`, "aria-label": words("go_there_to", {time: short(each.at), text: each.text}),
        onclick: () => this.hands.wait({to: each.at})}, words("go_there")));
    }));
  }

  buildFlow() {
    const pick = fresh("flow");
    this.problems = make("div", {class: "problems"});
    this.flowLabel = make("label", {for: pick});
    this.flowPick = make("select", {id: pick, "data-do": "flow", onchange: () => { this.chosenFlow = this.flowPick.value || null; this.picked = null; this.showFlow(true); }});
    this.view = make("div", {class: "view", tabindex: "0", role: "group"});
    this.where = make("p", {class: "where", role: "status"});
    this.legend = make("ul", {class: "legend", "aria-hidden": "true"});
    this.before = make("button", {class: "press small", "data-do": "step-before", onclick: () => this.step(-1)});
    this.after = make("button", {class: "press small", "data-do": "step-after", onclick: () => this.step(1)});
    this.lines = make("pre", {class: "source", tabindex: "0", lang: "en"});
    this.linesTitle = make("h3", {class: "lines"});
    this.steps = make("div", {class: "steps"}, this.linesTitle, this.before, this.after);
    // What has no words yet is not shown.
    for (const part of [this.view, this.legend, this.steps, this.lines]) part.hidden = true;
    this.panels.flow.append(this.problems, make("div", {class: "choose"}, this.flowLabel, this.flowPick), this.where, this.view, this.legend, this.steps, this.lines);
  }

  /** @param {string | null} person the one whose chat has focus */
  standing(person) {
    const mine = this.stage.standing.filter((each) => each.person === person);
    return mine.find(({status}) => status === "live") ?? mine.find(({status}) => status === "paused") ?? mine.at(-1) ?? null;
  }

  async showFlow(moved = false) {
    const {flows, people} = this.stage;
    const person = this.hands.focused();
    const first = people.find(({id}) => id === person)?.first ?? "";
    this.redrawProblems(flows);
    setText(this.flowLabel, words("flow_pick"));
    const options = JSON.stringify([flows.names, first, language()]);
    if (options !== this.keys.pick) {
      this.keys.pick = options;
      this.flowPick.replaceChildren(make("option", {value: ""}, words("flow_follow", {first})), ...flows.names.map(({name, title}) => make("option", {value: name}, title)));
    }
    this.flowPick.value = this.chosenFlow ?? "";
    const mine = this.standing(person);
    const name = this.chosenFlow ?? mine?.flow ?? null;
    const structure = mine?.flow === name ? mine.structure : this.stage.standing.find((each) => each.flow === name)?.structure ?? null;
    const parts = [this.view, this.legend, this.steps, this.lines];
    if (!name) {
      this.drawn = null;
      for (const part of parts) part.hidden = true;
      return setText(this.where, words("flow_none", {first}));
    }
    const key = JSON.stringify([name, structure, flows.saved, language()]);
    if (!this.flows.has(key)) this.flows.set(key, fetchFlow(name, structure));
    let flow;
    try {
      flow = await this.flows.get(key);
    } catch (error) {
      this.flows.delete(key);
      for (const part of parts) part.hidden = true;
      return setText(this.where, error.message || words("flow_failed"));
    }
    // Meanwhile another flow may have been chosen.
    if ((this.chosenFlow ?? this.standing(this.hands.focused())?.flow) !== name) return;
    for (const part of parts) part.hidden = false;
    const anew = this.drawn !== key;
    if (anew) {
      this.drawn = key;
      this.flow = flow;
      this.picture = new Picture(flow, (node) => this.pick(node));
      this.view.replaceChildren(this.picture.element);
      set(this.view, "aria-label", words("flow_picture", {title: flow.title}));
    }
    const standings = this.stage.standing.filter((each) => each.flow === name && each.key && each.status !== "ended")
      .map((each) => ({...each, name: this.name(each.person)}));
    const through = mine?.flow === name && mine.status === "ended" ? mine : null;
    this.picture.stand(through ? [...standings, {...through, key: null}] : standings, person);
    const here = standings.find((each) => each.person === person) ?? standings[0];
    const place = here?.key ?? flow.picture.nodes.findLast(({key: each}) => through?.done.includes(each))?.key ?? flow.picture.nodes[0]?.key;
    const state = here && here.status !== "live" ? ` (${words(`not_live_${here.status}`)})` : "";
    const names = here ? standings.filter(({key: at}) => at === here.key).map(({name: each}) => each).join(", ") : "";
    setText(this.where, here ? words("flow_here", {names, label: this.picture.nodes.get(here.key)?.label ?? here.key}) + state : words(through ? "flow_through" : "flow_nobody", {first}));
    const at = JSON.stringify([key, place]);
    if (at !== this.at || moved || anew) {
      this.at = at;
      this.pick(place, here?.line);
      requestAnimationFrame(() => this.picture.reveal(place, this.view));
    }
    if (this.keys.legend !== language()) {
      this.keys.legend = language();
      this.legend.replaceChildren(...["done", "here", "ahead"].map((each) => make("li", {class: each}, words(`flow_legend_${each}`))));
      setText(this.before, words("step_before"));
      setText(this.after, words("step_after"));
    }
  }

  step(by) {
    const nodes = [...this.flow.picture.nodes].sort((one, other) => one.line - other.line);
    const place = nodes.findIndex(({key}) => key === this.picked) + by;
    if (!nodes[place]) return;
    this.pick(nodes[place].key);
    this.picture.reveal(nodes[place].key, this.view);
  }

  /** Shows the lines of one step. */
  pick(key, current = null) {
    const nodes = this.flow.picture.nodes;
    const node = nodes.find((each) => each.key === key);
    if (!node) return;
    this.picked = key;
    this.picture.pick(key);
    const {source, file} = this.flow;
    const next = Math.min(...nodes.map(({line}) => line).filter((line) => line > node.line), source.length + 1);
    let last = Math.min(next - 1, node.line + 40);
    while (last > node.line && !source[last - 1].trim()) last -= 1;
    setText(this.linesTitle, words("flow_lines", {from: node.line, to: last, file}));
    set(this.lines, "aria-labelledby", this.linesTitle.id ||= fresh("lines"));
    set(this.lines, "role", "group");
    const marked = current ?? node.line;
    this.lines.replaceChildren(...source.slice(node.line - 1, last).map((text, place) => {
      const line = node.line + place;
      const is = line === marked;
      return make("span", {class: is ? "row current" : "row", "aria-current": is ? "step" : null}, make("span", {class: "number"}, is ? `▸ ${line}` : line), make("span", {class: "code"}, `${text || " "}\n`));
    }));
    this.lines.scrollTop = 0;
  }

  redrawProblems({problems, saved}) {
    const key = JSON.stringify([problems, saved, language()]);
    if (key === this.keys.problems) return;
    this.keys.problems = key;
    this.problems.classList.toggle("some", problems.length > 0);
    if (!problems.length) {
      return this.problems.replaceChildren(make("p", {role: "status"}, icon("check"), words("flow_well"), saved && ` ${words("flow_saved", {time: hour(saved)})}`));
    }
    this.problems.replaceChildren(make("h3", {}, counted("flow_problems", problems.length)), make("p", {class: "hint"}, words("flow_problems_2")),
      make("ul", {}, problems.map(({file, line, column, text}) => make("li", {}, make("code", {}, `${file}:${line}:${column}`), ` ${text}`))));
  }
}
