// One thing at a time: where to go, how many, and a button as large as a glove for each answer.

import { h, fill, icon, during, tell, dialog } from "./dom.js";
import { get, post } from "./api.js";
import { listen } from "./station.js";
import { operator } from "./operator.js";
import { count } from "./words.js";

export const title = "Pick";

const kinds = { pick: "Pick", count: "Count", transfer: "Transfer", receive: "Put away" };
const verbs = { pick: "Pick", count: "Count", transfer: "Take", receive: "Put here" };
const states = { done: "done", short: "short", current: "now", open: "to do" };

export function open(screen) {
  const ask = h("section", { class: "card ask", "aria-label": "What to do" });
  const told = h("p", { class: "told", role: "status" });
  const side = h("section", { class: "card lines", "aria-label": "Lines" });
  const actions = h("div", { class: "actions answers" });
  let shown = null;
  let asked = 0;
  let lastTold = "";

  function draw(assignment) {
    const question = assignment?.question;
    // The question itself is told by the screen.
    told.textContent = lastTold === question?.show ? "" : lastTold;
    const key = question ? `${assignment.code} ${question.turn}` : "none";
    if (key === shown) return;
    shown = key;
    screen.dataset.step = question ? (question.isPaused ? "paused" : question.step) : "none";
    if (!assignment) return drawWaiting();
    drawQuestion(ask, assignment, told, send);
    drawLines(side, assignment);
    fill(actions, answers(assignment, send));
    fill(screen, ask, side, actions);
    screen.querySelector("[data-first]")?.focus({ preventScroll: true });
  }

  async function send(say, turn) {
    const report = await post("/assignments/answer", { say, turn, operator: operator() });
    asked += 1;
    hear(report);
    if (!report.assignment) lastTold = "";
    draw(report.assignment);
    if (!report.assignment) tell(report.message);
  }

  function hear(report) {
    told.dataset.signal = report.signal;
    lastTold = report.message;
  }

  async function refresh() {
    const mine = ++asked;
    try {
      const { assignment } = await get("/assignments/current");
      if (mine === asked) draw(assignment);
    } catch {
      // The banner says already that the station does not answer.
    }
  }

  async function drawWaiting() {
    const { assignments } = await get("/assignments");
    const waiting = assignments.filter((one) => one.stage === "open");
    const closed = assignments.filter((one) => one.stage === "closed").slice(0, 5);
    fill(screen, h("section", { class: "card stack wide", "aria-label": "Assignments" },
      h("h1", {}, waiting.length ? "Choose what to work on" : "Nothing to pick"),
      waiting.length ? null : h("p", { class: "quiet" },
        "Lists come from the program that plans the work, or from a file: ",
        h("code", {}, "scanstationctl pick load wave-7.csv")),
      waiting.map((one) => choice(one, begin)),
      closed.length ? h("h2", {}, "Done") : null,
      closed.map((one) => h("div", { class: "row done" }, icon("ok"), h("strong", {}, one.code),
        h("span", { class: "quiet" }, summary(one))))));
    screen.querySelector(".choice button")?.focus({ preventScroll: true });
  }

  async function begin(code) {
    const report = await post(`/assignments/${encodeURIComponent(code)}/start`, { operator: operator() });
    if (report.signal === "error") return tell(report.message, "bad");
    lastTold = "";
    draw(report.assignment);
  }

  refresh();
  const stop = listen((kind, scan) => {
    if (kind === "answers") refresh();
    if (kind !== "scan") return;
    if (scan.meaning === "answer" || scan.signal === "error") hear(scan);
    if (shown === "none") shown = null;
    refresh();
  });
  return () => {
    stop();
    delete screen.dataset.step;
  };
}

function choice(one, begin) {
  const started = one.done > 0;
  const button = h("button", { type: "button", class: "main", "aria-label": `${started ? "Go on with" : "Start"} ${one.code}` },
    started ? "Go on" : "Start");
  button.addEventListener("click", () => during(button, () => begin(one.code)));
  return h("div", { class: "row choice" },
    h("div", { class: "grow" }, h("strong", {}, one.code),
      h("div", { class: "quiet" }, `${kinds[one.kind] ?? one.kind} · ${summary(one)}`)), button);
}

function summary(one) {
  const parts = [one.done ? `${one.done} of ${count(one.lineCount, "line")}` : count(one.lineCount, "line")];
  if (one.short) parts.push(`${one.short} short`);
  if (one.isCancelled) parts.push("ended early");
  return parts.join(", ");
}

const amount = (number, line) => (number === 1 ? line.unit ?? "piece" : line.units ?? "pieces");

function drawQuestion(element, assignment, told, send) {
  const question = assignment.question;
  const line = assignment.lines[question.line - 1];
  const head = h("div", { class: "row" }, h("span", { class: "chip" }, `${kinds[assignment.kind]} ${assignment.code}`),
    h("span", { class: "grow" }), h("span", { class: "quiet number" }, `Line ${question.line} of ${assignment.lineCount}`));
  const body = question.isPaused ? words("Paused", "Go on when you like.", "Until then scans count as on any other day.")
    : steps[question.step](assignment, question, line, send);
  fill(element, head, progress(assignment), h("div", { class: "body" }, body), told);
}

function progress(assignment) {
  const { done, short, lineCount } = assignment;
  const part = `${done} of ${count(lineCount, "line")} done${short ? `, ${short} short` : ""}`;
  return h("div", { class: "progress", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": `${lineCount}`,
    "aria-valuenow": `${done}`, "aria-valuetext": part, "aria-label": "Progress" },
    h("div", { style: `width:${(100 * (done - short)) / lineCount}%` }),
    h("div", { class: "short", style: `width:${(100 * short) / lineCount}%` }));
}

const words = (label, huge, more) => [h("span", { class: "label" }, label),
  h("strong", { class: "huge wordy" }, huge), more ? h("p", { class: "goods" }, more) : null];

function goods(line) {
  const name = h("span", { class: "name-of" }, line.name ?? line.item);
  const code = [line.name ? line.item : null, line.lot ? `lot ${line.lot}` : null].filter(Boolean).join(" · ");
  return h("p", { class: "goods" }, name, code ? h("span", { class: "quiet code" }, code) : null);
}

const steps = {
  place: (assignment, question, line, send) => [
    h("span", { class: "label" }, "Go to"), h("strong", { class: "huge" }, line.place),
    h("p", { class: "goods" }, h("span", {}, `${verbs[assignment.kind]} `,
      assignment.kind === "count" ? null : h("b", {}, `${line.quantity} ${amount(line.quantity, line)} `),
      h("span", { class: "quiet" }, line.name ?? line.item))),
    question.checkDigits ? digits(question, send) : null],
  destination: (assignment, question, line, send) => [
    h("span", { class: "label" }, `Take ${question.quantity} to`), h("strong", { class: "huge" }, line.destination),
    goods(line), question.checkDigits ? digits(question, send) : null],
  quantity: (assignment, question, line) => [
    h("span", { class: "label" }, `${verbs[assignment.kind]} at ${line.place}`),
    assignment.kind === "count"
      ? h("strong", { class: "huge" }, question.scanned ? `${question.scanned}` : "?")
      : h("strong", { class: "huge" }, `${line.quantity}`, h("small", {}, ` ${amount(line.quantity, line)}`)),
    goods(line),
    question.scanned && assignment.kind !== "count"
      ? h("p", { class: "scanned" }, `${question.scanned} scanned, ${line.quantity - question.scanned} to go`) : null],
  confirm: (assignment, question) => words("Is that right?", question.show.replace(/ Confirm.*$/, "")),
  substitute: () => words("Something else", "Scan what you take in its place."),
  done: (assignment) => [h("span", { class: "label" }, assignment.isCancelled ? "Ended" : "All done"),
    h("strong", { class: "huge wordy" }, summary(assignment)), h("p", { class: "goods" }, `Order ${assignment.order}`)],
};

/** For who neither speaks nor scans. */
function digits(question, send) {
  const length = question.checkDigits;
  const input = h("input", {
    id: "check", inputmode: "numeric", autocomplete: "off", maxlength: `${length}`, pattern: `[0-9]{${length}}`,
    required: true, placeholder: "•".repeat(length), "data-first": true, enterkeyhint: "go",
  });
  return h("form", {
    class: "check",
    onsubmit: (event) => {
      event.preventDefault();
      during(event.submitter, () => send(`check ${input.value}`, question.turn));
    },
  }, h("label", { for: "check" }, count(length, "digit")), input,
    h("button", { type: "submit", class: "main" }, "I am here"));
}

function answers(assignment, send) {
  const question = assignment.question;
  const line = assignment.lines[question.line - 1];
  const turn = question.turn;
  const button = (text, say, properties = {}) => {
    const element = h("button", { type: "button", id: `say-${say.split(" ")[0]}`, ...properties }, text);
    element.addEventListener("click", () => during(element, () => send(say, turn)));
    return element;
  };
  const main = (text, say) => button(text, say, { class: "main", "data-first": true });
  const number = (text, say, heading, properties = {}) => h("button", {
    type: "button", id: `ask-${say}`, ...properties, onclick: () => askNumber(heading, (value) => send(`${say} ${value}`, turn)),
  }, text);
  const repeat = button("Repeat", "repeat");
  const undo = button([icon("undo"), "Undo"], "undo");
  const more = h("button", { type: "button", id: "more", onclick: () => askMore(assignment, send) }, "More");

  if (question.isPaused) return [main("Go on", "resume")];
  switch (question.step) {
    case "place": return [question.checkDigits ? null : main("I am here", "ready"), button("Skip", "skip"), repeat, undo, more];
    case "destination": return [question.checkDigits ? null : main("Put down", "ready"), repeat, undo, more];
    case "quantity": return [
      assignment.kind === "count"
        ? number("Say how many", "count", "How many are there?", { class: "main", "data-first": true })
        : main(`Confirm ${line.quantity}`, "confirm"),
      assignment.kind === "count" ? null : number("Short", "short", "How many are there?"),
      button("Skip", "skip"), repeat, undo, more];
    case "confirm": return [main("Yes, confirm", "confirm"), button("No, go back", "cancel"), repeat];
    case "substitute": return [button("Go back", "cancel"), repeat];
    default: return [main("Finish", "ready"), assignment.isCancelled ? null : undo];
  }
}

function askNumber(heading, take) {
  const field = h("input", { inputmode: "numeric", pattern: "[0-9]{1,5}", required: true, autocomplete: "off", id: "number",
    "aria-label": heading, class: "display" });
  const keys = ["7", "8", "9", "4", "5", "6", "1", "2", "3", "0"].map((key) =>
    h("button", { type: "button", onclick: () => { field.value = (field.value + key).slice(0, 5); } }, key));
  const remove = h("button", { type: "button", "aria-label": "Delete", onclick: () => { field.value = field.value.slice(0, -1); } }, "⌫");
  const box = dialog(heading, h("form", {
    class: "stack",
    onsubmit: (event) => {
      event.preventDefault();
      const value = Number(field.value);
      box.close();
      during(null, () => take(value));
    },
  }, field, h("div", { class: "keys" }, keys, remove, h("button", { type: "submit", class: "main" }, "OK"))),
  h("button", { type: "button", onclick: () => box.close() }, "Back"));
  field.focus();
}

function askMore(assignment, send) {
  const { step, turn } = assignment.question;
  const item = (text, say, properties = {}) => {
    const element = h("button", { type: "button", id: `say-${say}`, ...properties }, text);
    element.addEventListener("click", () => {
      box.close();
      during(null, () => send(say, turn));
    });
    return element;
  };
  const lines = h("button", {
    type: "button", id: "all-lines", onclick: () => {
      box.close();
      const all = dialog("Lines", list(assignment), h("button", { type: "button", onclick: () => all.close() }, "Back"));
    },
  }, "All lines");
  const box = dialog("More", h("div", { class: "keys two" }, lines,
    assignment.kind === "pick" && step === "quantity" ? item("Take something else", "substitute") : null,
    item("Pause", "pause"), item("Help", "help"), item("Slower", "slower"), item("Faster", "faster"),
    item("Louder", "louder"), item("Quieter", "quieter"), item("Say less", "brief"), item("Say more", "full"),
    item("End this assignment", "cancel", { class: "danger" })),
  h("button", { type: "button", onclick: () => box.close() }, "Back"));
}

function list(assignment) {
  return h("ol", { class: "list", tabindex: "0", "aria-label": "Lines" }, assignment.lines.map((line) =>
    h("li", { "data-state": line.state, "aria-current": line.state === "current" ? "step" : null },
      icon({ done: "ok", short: "error", current: "now" }[line.state] ?? "open"),
      h("span", { class: "what" }, h("b", {}, line.place), h("span", { class: "quiet" }, ` ${line.name ?? line.item}`)),
      h("span", { class: "number" }, taken(assignment, line), h("span", { class: "unseen" }, ` ${states[line.state]}`)))));
}

function taken(assignment, line) {
  if (assignment.kind === "count") return `${line.taken ?? ""}`;
  return line.taken === undefined ? `${line.quantity}` : `${line.taken} / ${line.quantity}`;
}

function drawLines(element, assignment) {
  const open = assignment.lineCount - assignment.done;
  fill(element, h("h2", {}, open ? `${count(open, "line")} to go` : "Nothing to go"), list(assignment));
  element.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}
