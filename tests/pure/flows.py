"""Small random flows: a report, a playbook and a check-in that ask, tell and decide by whatever was answered before.

They are loaded, but not checked for who may read what: a playbook here quotes and branches on answers that its reader may
not know, so that only `reveal` stands between.

Every option's label is a word of its own: `vx` flow `0` question `0` option `vx`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from bot.core.people import Role
from bot.flow.load import load_flow
from bot.flow.model import Flow, Flows

READERS = [role.value for role in (Role.OWNER, Role.HR, Role.SAFETY_REP, Role.REPORTER, Role.ON_CALL)]
TYPES = ("text", "paragraph", "number", "scale", "date", "datetime", "person", "email", "files")
IN_FORM = TYPES[:-1]


def small_flows(dice: Random) -> Flows:
    return together(small_texts(dice))


def small_texts(dice: Random) -> tuple[str, ...]:
    """A report, its playbook and its check-in, as YAML."""
    report = Writer(dice, "report")
    playbook = Writer(dice, "respond", report)
    check_in = Writer(dice, "checkin", report)
    return report.report(), playbook.playbook(), check_in.check_in()


def together(texts: tuple[str, ...]) -> Flows:
    return Flows({flow.name: flow for flow in map(loaded, texts)})


def loaded(text: str) -> Flow:
    name = text.partition("flow: ")[2].partition("\n")[0]
    flow, problems = load_flow(text, f"{name}.yaml")
    assert flow is not None, text
    assert not problems, [str(p) for p in problems]
    return flow


@dataclass
class Writer:
    """Writes one flow; `asked` are the questions so far that a condition can name, with their options."""

    dice: Random
    name: str
    other: Writer | None = None
    lines: list[str] = field(default_factory=list)
    asked: list[tuple[str, tuple[str, ...], bool]] = field(default_factory=list)
    count: int = 0

    def head(self, *more: str) -> None:
        readers = self.dice.sample(READERS, self.dice.randint(1, 3))
        self.lines += ["bistand: 1", f"flow: {self.name}", f"title: The {self.name}", *more, "language: en"]
        self.lines += [f"visible_to: [{', '.join(readers)}]"]

    def put(self, depth: int, first: str, *rest: str) -> None:
        pad = "  " * depth
        self.lines += [f"{pad}- {first}", *(f"{pad}  {line}" for line in rest)]

    def fresh(self) -> str:
        self.count += 1
        return "q" + chr(ord("a") + self.count // 20) + chr(ord("a") + self.count % 20)

    def text(self) -> str:
        return "\n".join(self.lines) + "\n"

    # --- the three ---

    def report(self) -> str:
        dice = self.dice
        self.head("audience: reporter", "start:", "  command: report")
        self.lines += ["triage:", "  high: skipped(danger) or danger is yes", "  low: otherwise"]
        self.lines.append("steps:")
        self.put(0, "choose: Danger?", "id: danger", "options:", "  yes: vxreport0danger0yesvx", "  no: No")
        self.asked.append(("danger", ("yes", "no"), False))
        self.some(dice.randint(0, 2), 0)
        if dice.random() < 0.5:
            self.put(0, "consent: Shall I call?", "id: callnow", "options:", "  on_call: Call {on_call.name}")
            self.put(0, "do: page_on_call", "when: on_call in callnow")
        self.put(0, "choose: Who?", "id: who", "means: accused", "options:", "  out: Outside", "  manager: My manager")
        self.asked.append(("who", ("out", "manager"), False))
        self.put(0, "ask: Which colleague?", "id: colleague", "type: person", "means: accused", "when: who is not out")
        self.some(dice.randint(0, 2), 0)
        self.put(
            0, "consent: Who may know?", "id: may", "required: true", "options:", "  manager: My manager {manager.name}"
        )
        self.lines += ["    hr: HR {hr.name}", "    safety_rep: Safety", *(f"  {line}" for line in self.nameless())]
        self.some(dice.randint(1, 4), 0)
        self.put(0, "if: nobody in may", "then:")
        self.put(1, "end: Nothing is sent")
        self.put(0, "review: Is this right?")
        self.put(0, "do: open_case")
        self.put(0, "say: Sent. {case.reference} {case.owner.name} {case.acknowledge_by}")
        if dice.random() < 0.4:
            self.late()
        self.put(0, "end: Goodbye {" + self.quote() + "}")
        return self.text()

    def nameless(self) -> list[str]:
        return ["without_name: Not my name"] if self.dice.random() < 0.6 else []

    def late(self) -> None:
        """Asked when the case is open already."""
        self.put(0, "ask: Who else did it?", "id: lateone", "type: person", "means: accused")
        self.some(1, 0)

    def playbook(self) -> str:
        dice = self.dice
        self.head("audience: owner", "start:", "  case: opened", "reads: [report]")
        self.lines.append("steps:")
        self.put(0, "do: start", "flow: checkin", "with: reporter", "after: 1 day")
        for _ in range(dice.randint(1, 4)):
            self.some(dice.randint(0, 1), 0)
            self.task()
        if dice.random() < 0.3:
            self.share()
        self.put(0, "wait: 1 day")
        if dice.random() < 0.5:
            self.put(0, "do: hand_over", f"when: {self.condition()}")
        self.put(0, "do: close")
        self.put(0, "end: Done {" + self.quote() + "}")
        return self.text()

    def share(self) -> None:
        """One more reader is wished for."""
        self.put(0, "ask: Who reads?", "id: onemore", "type: person", "visible_to: [reporter, owner]")
        self.put(0, "ask: What for?", "id: whatfor", "type: paragraph", "visible_to: [reporter, owner]")
        self.put(0, "do: share", "to: onemore", "why: whatfor")

    def check_in(self) -> str:
        dice = self.dice
        self.head("audience: reporter", "start:", "  case: asked", "reads: [report]")
        self.lines.append("steps:")
        self.some(dice.randint(1, 3), 0)
        if dice.random() < 0.5:
            self.late()
        if dice.random() < 0.5:
            self.put(0, "consent: Who else?", "id: more", "options:", "  safety_rep: Safety", *self.nameless())
        self.put(0, "do: escalate", f"when: {self.condition()}")
        self.put(0, "end: Thank you")
        return self.text()

    # --- steps ---

    def some(self, count: int, depth: int) -> None:
        for _ in range(count):
            self.step(depth)

    def step(self, depth: int) -> None:
        dice = self.dice
        kind = dice.choice(["choose", "choose", "ask", "form", "say", "if", "note", "raise"])
        when = [f"when: {self.condition()}"] if self.asked and dice.random() < 0.3 else []
        match kind:
            case "choose":
                name, lines, options, many = self.question_choose()
                self.put(depth, *lines, *when)
                self.asked.append((name, options, many))
            case "ask":
                name, lines = self.question_ask(TYPES)
                self.put(depth, *lines, *when)
                self.asked.append((name, (), False))
            case "form":
                self.form(depth, when)
            case "say":
                self.put(depth, "say: It was {" + self.quote() + "}", *when)
            case "if" if self.asked and depth < 2:
                self.put(depth, f"if: {self.condition()}", "then:")
                self.step(depth + 1)
                if dice.random() < 0.5:
                    self.lines.append("  " * depth + "  else:")
                    self.step(depth + 1)
            case "note":
                self.put(depth, "do: note", "text: Noted {" + self.quote() + "}", *when)
            case _:
                self.put(depth, "do: raise", f"to: {dice.choice(['high', 'critical'])}", *when)

    def form(self, depth: int, when: list[str]) -> None:
        self.put(depth, f"form: A form {self.fresh()}", f"id: f{self.fresh()}", *when, "fields:")
        for _ in range(self.dice.randint(1, 3)):
            self.field(depth)

    def field(self, depth: int) -> None:
        """A question in a form or a record, its list two steps in."""
        pad = "  " * depth + "  "
        if self.dice.random() < 0.5:
            name, lines, options, many = self.question_choose()
        else:
            name, lines = self.question_ask(IN_FORM)
            options, many = (), False
        self.lines += [f"{pad}- {lines[0]}", *(f"{pad}  {line}" for line in lines[1:])]
        self.asked.append((name, options, many))

    def question_choose(self) -> tuple[str, list[str], tuple[str, ...], bool]:
        dice, name = self.dice, self.fresh()
        options = tuple(f"o{letter}" for letter in "abc"[: dice.randint(2, 3)])
        many = dice.random() < 0.4
        lines = [f"choose: Which {name}?", f"id: {name}", *self.readers()]
        lines += ["many: true"] if many else []
        lines += ["required: true"] if dice.random() < 0.2 else []
        lines += ["options:", *(f"  {option}: vx{self.name}0{name}0{option}vx" for option in options)]
        return name, lines, options, many

    def question_ask(self, types: tuple[str, ...]) -> tuple[str, list[str]]:
        name, kind = self.fresh(), self.dice.choice(types)
        lines = [f"ask: What {name}?", f"id: {name}", f"type: {kind}", *self.readers()]
        lines += ["from: 1", "to: 5"] if kind == "scale" else []
        return name, lines

    def readers(self) -> list[str]:
        if self.dice.random() < 0.5:
            return []
        return [f"visible_to: [{', '.join(self.dice.sample(READERS, self.dice.randint(1, 2)))}]"]

    def task(self) -> None:
        dice, name = self.dice, "t" + self.fresh()
        when = [f"when: {self.condition()}"] if dice.random() < 0.6 else []
        required = ["required: true"] if dice.random() < 0.5 else []
        due = ["due:", "  critical: 1 hour", "  otherwise: 1 working day", "remind: 30 min before"]
        self.put(0, "task: Help {reporter.first_name} with {" + self.quote() + "}", f"id: {name}", *when, *required)
        self.lines += [f"  {line}" for line in due] if dice.random() < 0.7 else []
        if dice.random() < 0.6:
            self.lines.append("  record:")
            self.field(0)
        if dice.random() < 0.6:
            self.lines.append("  then:")
            self.put(1, f"do: {dice.choice(['escalate', 'hand_over'])}", f"when: {self.condition()}")
            self.step(1)

    # --- what they read ---

    def known(self) -> list[tuple[str, tuple[str, ...], bool]]:
        """Questions of this flow and of the one it reads."""
        others = self.other.asked if self.other is not None else []
        return [*self.asked, *((f"report.{name}", options, many) for name, options, many in others)]

    def quote(self) -> str:
        known = self.known()
        return self.dice.choice(known)[0] if known else "organisation.name"

    def condition(self) -> str:
        one = self.simple()
        return f"{one} {self.dice.choice(['and', 'or'])} {self.simple()}" if self.dice.random() < 0.3 else one

    def simple(self) -> str:
        name, options, many = self.dice.choice(self.known())
        if not options or self.dice.random() < 0.2:
            return f"{self.dice.choice(['skipped', 'answered'])}({name})"
        option = self.dice.choice(options)
        return (
            f"{option} {self.dice.choice(['in', 'not in'])} {name}"
            if many
            else f"{name} {self.dice.choice(['is', 'is not'])} {option}"
        )
