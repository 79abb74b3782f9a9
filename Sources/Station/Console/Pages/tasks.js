// Where stations said different things, and what a person does about it.

import { h, fill } from "./dom.js";
import { get } from "./api.js";
import { refreshTasks } from "./station.js";

export const title = "Tasks";

export function open(screen) {
  const list = h("div", { class: "cards" });
  screen.append(h("h1", {}, title), list);
  draw(list);
  refreshTasks();
}

async function draw(list) {
  let conflicts;
  try {
    conflicts = await get("/conflicts");
  } catch (problem) {
    fill(list, h("p", { class: "field-error" }, problem.message));
    return;
  }
  const cards = [
    ...conflicts.recounts.map((line) => card("Count again", line.item, line.lot,
      `At ${line.place} there are ${line.quantity}, or ${line.ifCountedLast} if the count came last.`,
      "Go there, switch to Counting and count it: the count settles it.")),
    ...conflicts.serials.map((serial) => card("Find this piece", serial.serial, null,
      `It was seen at ${serial.contested.join(" and at ")}.`, "Scan it where it is: the newest scan settles it.")),
    ...conflicts.attributes.map((attribute) => card("Two answers", attribute.item, null,
      `${attribute.field} is ${attribute.siblings.join(" or ")}; ${attribute.value} holds.`,
      "Whoever knows sets it again.")),
  ];
  fill(list, cards.length ? cards
    : [h("p", { class: "empty" }, "Nothing to settle. Stations agree on everything.")]);
}

function card(kind, code, lot, what, how) {
  return h("article", { class: "card stack" },
    h("div", { class: "row" }, h("span", { class: "chip", "data-kind": "warn" }, kind),
      h("strong", { class: "code" }, code), lot ? h("span", { class: "quiet" }, `lot ${lot}`) : null),
    h("p", {}, what), h("p", { class: "quiet" }, how));
}
