// What waits for the hub, why, what the hub refused, and what people did about it.

import { h, fill, table, during, tell, dialog } from "./dom.js";
import { get, post } from "./api.js";
import { station, listen, refresh } from "./station.js";
import { operator } from "./operator.js";
import { ago, count, link } from "./words.js";

export const title = "Outbox";
const previewLimit = 50;

export function open(screen) {
  const summary = h("section", { class: "card stack", "aria-live": "polite" });
  const letters = h("section", { class: "card stack" });
  const preview = h("details", { class: "card" }, h("summary", {}, "What will be sent"), h("div"));
  const audit = h("details", { class: "card" }, h("summary", {}, "What people did here"), h("div"));
  screen.append(h("h1", {}, title), summary, letters, preview, audit);
  whenOpened(preview, drawPreview);
  whenOpened(audit, drawAudit);
  const draw = () => drawSummary(summary);
  draw();
  drawLetters(letters);
  let dead = station.status?.outbox.deadLetters;
  return listen((kind) => {
    if (kind !== "status") return;
    draw();
    if (station.status.outbox.deadLetters === dead) return;
    dead = station.status.outbox.deadLetters;
    drawLetters(letters);
  });
}

function whenOpened(details, draw) {
  details.addEventListener("toggle", () => details.open && told(details.lastElementChild, draw));
}

async function told(element, draw) {
  try {
    await draw(element);
  } catch (problem) {
    fill(element, h("p", { class: "field-error" }, problem.message));
  }
}

function drawSummary(element) {
  const { status } = station;
  if (!status) return;
  const { outbox } = status;
  const [words, kind] = link(status);
  const send = h("button", { class: "main", type: "button", id: "send-now" }, "Send now");
  send.disabled = status.link.state === "not-enrolled" || !!outbox.held;
  send.addEventListener("click", () => during(send, async () => {
    await post("/sync/now");
    tell("Trying the hub now.");
  }));
  fill(element,
    h("div", { class: "row" }, h("span", { class: "big" }, outbox.waiting.toLocaleString()),
      h("span", {}, outbox.waiting === 1 ? "operation waits" : "operations wait"), h("span", { class: "grow" }),
      h("span", { class: "chip", "data-kind": kind }, words), send, outbox.held ? release() : hold()),
    h("p", {}, why(status)),
    h("p", { class: "quiet" }, [outbox.oldest ? `The oldest is from ${ago(outbox.oldest)}.` : null,
      outbox.lastAcknowledged ? `The hub last confirmed ${ago(outbox.lastAcknowledged)}.` : "The hub has confirmed nothing yet.",
    ].filter(Boolean).join(" ")));
}

function why({ link: { state, hubURL, message }, outbox: { held } }) {
  if (held) return `Held since ${ago(held.since)} by ${held.operator || "somebody"}: ${held.reason}. Scans are kept; nothing is sent.`;
  switch (state) {
    case "online": return `Joined to ${hubURL}.`;
    case "not-enrolled": return "This station has joined no hub. Scans are kept here; Settings joins one.";
    default: return message ?? "The hub is being called.";
  }
}

function hold() {
  return h("button", {
    type: "button", id: "hold",
    onclick: () => ask("Hold the outbox", "Nothing is sent until somebody releases it. Why?", true, "Hold it",
      (reason) => post("/outbox/hold", { reason, operator: operator() })),
  }, "Hold");
}

function release() {
  const button = h("button", { type: "button", class: "main", id: "release" }, "Release");
  button.addEventListener("click", () => during(button, async () => {
    await post("/outbox/release", { operator: operator() });
    await refresh();
  }));
  return button;
}

async function drawLetters(element) {
  await told(element, async () => {
    const { deadLetters } = await get("/outbox/dead");
    fill(element, h("h2", {}, "Refused by the hub"), deadLetters.length
      ? deadLetters.map((letter) => letterCard(letter, element)) : h("p", { class: "empty" }, "Nothing was refused."),
    deadLetters.length ? h("p", { class: "quiet" }, `${count(deadLetters.length, "operation")} stay here until a person decides.`) : null);
  });
}

function letterCard(letter, element) {
  const settle = (action, body) => post(`/outbox/dead/${encodeURIComponent(letter.id)}/${action}`, { operator: operator(), ...body });
  const after = async () => {
    await refresh();
    await drawLetters(element);
  };
  const retry = h("button", { type: "button" }, "Try again");
  retry.addEventListener("click", () => during(retry, async () => {
    await settle("retry", {});
    tell("It is sent once more, as a new operation.");
    await after();
  }));
  const edit = h("button", { type: "button", onclick: () => askChanges(letter, settle, after) }, "Put it right");
  const discard = h("button", {
    type: "button", class: "danger",
    onclick: () => ask("Give it up", `“${letter.operation.sentence}” will never reach the hub. Why?`, true, "Give it up",
      (reason) => settle("discard", { reason }), after),
  }, "Give it up");
  return h("article", { class: "letter stack", "data-id": letter.id },
    h("strong", {}, letter.operation.sentence),
    h("p", {}, letter.message, h("span", { class: "quiet code" }, ` ${letter.code}`)),
    h("p", { class: "quiet" }, [letter.scanned ? `Scanned: ${letter.scanned}` : null, letter.operation.operator, ago(letter.time), letter.id]
      .filter(Boolean).join(" · ")),
    h("div", { class: "row" }, retry, edit, discard));
}

/** The fields that this kind of operation has, with what they hold. */
function askChanges(letter, settle, after) {
  const names = { item: "Item", place: "Place", to: "To", lot: "Lot", quantity: "Quantity", orderLine: "Order line",
    serial: "Serial number", field: "Field", value: "Value", code: "Code" };
  const { content } = letter.operation;
  const inputs = Object.keys(names).filter((name) => content[name] !== undefined)
    .map((name) => h("input", { name, value: content[name], autocomplete: "off" }));
  const reason = h("input", { name: "reason", autocomplete: "off" });
  const form = h("form", {
    class: "stack",
    onsubmit: (event) => {
      event.preventDefault();
      const changes = Object.fromEntries(inputs.filter((input) => input.value !== `${content[input.name]}`)
        .map((input) => [input.name, input.name === "quantity" ? Number(input.value) : input.value]));
      during(event.submitter, async () => {
        await settle("edit", { changes, reason: reason.value });
        box.close();
        tell("It is sent anew, put right.");
        await after();
      });
    },
  }, inputs.map((input) => h("label", {}, names[input.name], input)), h("label", {}, "Why (for the record)", reason),
  h("button", { class: "main", type: "submit" }, "Send it anew"));
  const box = dialog("Put it right", h("p", {}, letter.message), form,
    h("button", { type: "button", onclick: () => box.close() }, "Cancel"));
}

function ask(title, words, isNeeded, verb, act, after = refresh) {
  const reason = h("input", { name: "reason", required: isNeeded, autocomplete: "off" });
  const box = dialog(title, h("form", {
    class: "stack",
    onsubmit: (event) => {
      event.preventDefault();
      during(event.submitter, async () => {
        await act(reason.value.trim());
        box.close();
        await after();
      });
    },
  }, h("label", {}, words, reason), h("button", { class: "main", type: "submit" }, verb)),
  h("button", { type: "button", onclick: () => box.close() }, "Cancel"));
}

async function drawPreview(element) {
  const page = await get(`/outbox/preview?limit=${previewLimit}`);
  fill(element, page.operations.length
    ? table([["What"], ["Who"], ["When"]], page.operations.map((operation) => [operation.sentence,
      [operation.operator, operation.device].filter(Boolean).join(", "), ago(operation.time)]))
    : h("p", { class: "empty" }, "Nothing waits."),
  page.next ? h("p", { class: "quiet" }, `The first ${previewLimit}, in the order of sending.`) : null);
}

async function drawAudit(element) {
  const { entries } = await get("/outbox/audit?limit=50");
  fill(element, entries.length
    ? table([["Did"], ["Who"], ["Why"], ["When"]], entries.map((entry) => [
      `${entry.action}${entry.operation ? ` ${entry.operation}` : ""}`, entry.operator, entry.reason, ago(entry.time)]))
    : h("p", { class: "empty" }, "Nobody did anything yet."));
}
