// What waits for the hub, why, and what the hub refused.

import { h, fill, table, during, tell } from "./dom.js";
import { get, post } from "./api.js";
import { station, listen } from "./station.js";
import { ago, count, link } from "./words.js";

export const title = "Outbox";

export function open(screen) {
  const summary = h("section", { class: "card stack", "aria-live": "polite" });
  const letters = h("section", { class: "card stack" });
  screen.append(h("h1", {}, title), summary, letters);
  const draw = () => drawSummary(summary);
  draw();
  drawLetters(letters);
  let dead = station.status?.outbox.deadLetters;
  return listen((kind) => {
    if (kind !== "status") return;
    draw();
    if (station.status.outbox.deadLetters !== dead) {
      dead = station.status.outbox.deadLetters;
      drawLetters(letters);
    }
  });
}

function drawSummary(element) {
  const { status } = station;
  if (!status) return;
  const { outbox } = status;
  const [words, kind] = link(status);
  const send = h("button", { class: "main", type: "button", id: "send-now" }, "Send now");
  send.disabled = status.link.state === "not-enrolled";
  send.addEventListener("click", () => during(send, async () => {
    await post("/sync/now");
    tell("Trying the hub now.");
  }));
  fill(element,
    h("div", { class: "row" }, h("span", { class: "big" }, outbox.waiting.toLocaleString()),
      h("span", {}, outbox.waiting === 1 ? "operation waits" : "operations wait"), h("span", { class: "grow" }),
      h("span", { class: "chip", "data-kind": kind }, words), send),
    h("p", {}, why(status)),
    h("p", { class: "quiet" }, [outbox.oldest ? `The oldest is from ${ago(outbox.oldest)}.` : null,
      outbox.lastAcknowledged ? `The hub last confirmed ${ago(outbox.lastAcknowledged)}.` : "The hub has confirmed nothing yet.",
    ].filter(Boolean).join(" ")));
}

function why(status) {
  switch (status.link.state) {
    case "online": return `Joined to ${status.link.hubURL}.`;
    case "not-enrolled": return "This station has joined no hub. Scans are kept here; Settings joins one.";
    default: return status.link.message ?? "The hub is being called.";
  }
}

async function drawLetters(element) {
  let letters;
  try {
    letters = (await get("/outbox/dead")).deadLetters;
  } catch (problem) {
    fill(element, h("p", { class: "field-error" }, problem.message));
    return;
  }
  fill(element, h("h2", {}, "Refused by the hub"), letters.length
    ? table([["What the hub said"], ["Operation"], ["When"]], letters.map((letter) => [
      h("span", {}, letter.message, h("br"), h("span", { class: "quiet code" }, letter.code)),
      h("span", { class: "code" }, letter.id), ago(letter.time)]))
    : h("p", { class: "empty" }, "Nothing was refused."),
  letters.length ? h("p", { class: "quiet" }, `${count(letters.length, "operation")} stay here until a person decides.`) : null);
}
