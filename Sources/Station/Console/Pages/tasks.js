// Where stations said different things, who said what, and what a person decides.

import { h, fill, during, tell } from "./dom.js";
import { get, post } from "./api.js";
import { listen, refreshTasks } from "./station.js";
import { operator } from "./operator.js";
import { ago } from "./words.js";

export const title = "Tasks";

const kinds = {
  serial: "Find this piece", attribute: "Two answers", recount: "Count again", counts: "Two counts",
  "negative-stock": "Less than nothing", "over-pick": "Picked too much",
};

export function open(screen) {
  const list = h("div", { class: "cards" });
  screen.append(h("h1", {}, title), list);
  const draw = () => drawList(list);
  draw();
  let soon = null;
  const stop = listen((kind) => {
    // What was scanned may have settled something.
    if (kind !== "scan" || list.contains(document.activeElement)) return;
    soon ??= setTimeout(() => {
      soon = null;
      draw();
    }, 300);
  });
  return () => {
    clearTimeout(soon);
    stop();
  };
}

async function drawList(list) {
  try {
    const { conflicts } = await get("/conflicts");
    fill(list, conflicts.length ? conflicts.map((conflict) => card(conflict, list))
      : [h("p", { class: "empty" }, "Nothing to settle. Stations agree on everything.")]);
    refreshTasks();
  } catch (problem) {
    fill(list, h("p", { class: "field-error" }, problem.message));
  }
}

function card(conflict, list) {
  return h("article", { class: "card stack", "data-kind": conflict.kind },
    h("div", { class: "row" }, h("span", { class: "chip", "data-kind": "warn" }, kinds[conflict.kind] ?? conflict.kind),
      h("strong", { class: "code" }, conflict.serial ?? conflict.item ?? conflict.orderLine ?? ""),
      conflict.lot ? h("span", { class: "quiet" }, `lot ${conflict.lot}`) : null),
    h("p", {}, conflict.sentence),
    h("ul", { class: "beliefs" }, conflict.candidates.map((candidate) => h("li", {},
      h("strong", {}, candidate.value), h("span", { class: "quiet" }, ` ${byline(candidate.by)}`)))),
    h("div", { class: "row" }, conflict.choices.map((choice) =>
      decision(choice.sentence, conflict, list, () => ({ choose: choice.number })))),
    conflict.takesQuantity ? counted(conflict, list) : null);
}

function byline(by) {
  const who = [by.operator, by.station].filter(Boolean).join(" at ");
  const clock = by.estimatedTime ? `${ago(by.estimatedTime)} (its clock was off)` : ago(by.time);
  return `${who}, ${by.sentence}, ${clock}`;
}

function decision(words, conflict, list, choice) {
  const button = h("button", { type: "button" }, words);
  button.addEventListener("click", () => during(button, () => resolve(conflict, list, choice())));
  return button;
}

/** Counting settles it as well, and better. */
function counted(conflict, list) {
  const input = h("input", { name: "quantity", inputmode: "numeric", pattern: "[0-9]+", required: true, autocomplete: "off" });
  return h("form", {
    class: "row",
    onsubmit: (event) => {
      event.preventDefault();
      during(event.submitter, () => resolve(conflict, list, { quantity: Number(input.value) }));
    },
  }, h("label", {}, "I counted", input), h("button", { class: "main", type: "submit" }, "That is right"));
}

async function resolve(conflict, list, choice) {
  const report = await post(`/conflicts/${encodeURIComponent(conflict.id)}/resolve`, { ...choice, operator: operator() });
  tell(`Settled: ${report.sentence}.`);
  await drawList(list);
}
