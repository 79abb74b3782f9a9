// The last scan, big; the batch in progress; and what an operator does next.

import { h, fill, icon, table, during, tell, dialog } from "./dom.js";
import { command, post } from "./api.js";
import { station, listen } from "./station.js";
import { operator } from "./operator.js";
import { modes, clock, count } from "./words.js";

export const title = "Now";

const icons = { ok: "ok", done: "ok", batch: "ok", error: "error", unknown: "unknown" };
const shownLimit = 60;
const longMessage = 48;
const freshMilliseconds = 10_000;

export function open(screen) {
  const shout = h("div", { class: "shout" });
  const scans = h("ol", { class: "scans", "aria-label": "Scans before", tabindex: "0" });
  const batch = h("section", { class: "card batch", "aria-label": "Batch" });
  screen.append(h("section", { class: "card last", "aria-label": "Last scan" }, shout, scans), batch, actions());

  drawLast(shout, station.scans[0]);
  fill(scans, station.scans.slice(1, shownLimit).map(line));
  drawBatch(batch);
  return listen((kind, scan) => {
    if (kind === "status") drawBatch(batch);
    if (kind !== "scan") return;
    drawLast(shout, scan, scan);
    if (scans.childElementCount === 0) fill(scans, station.scans.slice(1, shownLimit).map(line));
    else scans.prepend(line(station.scans[1]));
    if (scans.childElementCount >= shownLimit) scans.lastElementChild.remove();
  });
}

function drawLast(shout, scan, fresh) {
  if (!scan) {
    fill(shout, icon("now"), h("div", {}, h("strong", {}, "Scan something."),
      h("small", {}, "What is read appears here and is kept, with or without a network.")));
    return;
  }
  shout.dataset.signal = scan.signal;
  shout.classList.toggle("long", scan.message.length > longMessage);
  fill(shout, icon(icons[scan.signal] ?? "ok"),
    h("div", {}, h("strong", {}, scan.message), h("small", {}, details(scan))));
  if (!fresh || Date.now() - new Date(scan.time) > freshMilliseconds) return;
  document.getElementById("announcer").textContent = scan.message;
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  shout.animate([{ transform: "scale(.985)" }, { transform: "none" }], 250);
}

function details(scan) {
  const parts = [scan.elements ?? scan.text, scan.symbology, scan.device, clock(scan.time)];
  if (scan.isLost) parts.unshift("Not stored: scan it again");
  return parts.filter(Boolean).join("  ·  ");
}

function line(scan) {
  return h("li", { "data-signal": scan.signal }, icon(icons[scan.signal] ?? "ok"),
    h("span", {}, scan.message), h("time", { class: "quiet number", datetime: scan.time }, clock(scan.time)));
}

function drawBatch(element) {
  const batch = station.status?.openBatch;
  if (!batch) {
    const mode = station.status?.mode;
    fill(element, h("h1", {}, "No open batch"),
      h("p", { class: "quiet" }, mode === "look-up" ? "Scans look things up and count nothing."
        : "The next scan opens one."), h("span"));
    return;
  }
  const where = batch.destination ? `${batch.place} → ${batch.destination}` : batch.place;
  fill(element,
    h("div", { class: "row" },
      h("h1", {}, `${modes[batch.mode] ?? batch.mode} at ${where}`), h("span", { class: "grow" }),
      h("span", { class: "big", id: "pieces" }, `${batch.pieces}`), h("span", { class: "quiet" }, batch.pieces === 1 ? "piece" : "pieces")),
    table([["Item"], ["Lines", true], ["Pieces", true]], [...batch.totals].reverse().map((total) => [
      h("span", { class: "code" }, total.name ? `${total.name} ` : null, total.code, total.lot ? h("span", { class: "quiet" }, ` lot ${total.lot}`) : null),
      `${total.lines}`, `${total.pieces}`])),
    h("p", { class: "quiet" }, `${count(batch.lines, "line")}, opened ${clock(batch.opened)}`));
}

function actions() {
  const button = (words, properties, text) => {
    const element = h("button", { type: "button", ...properties }, words);
    element.addEventListener("click", () => during(element, async () => say(await command(text))));
    return element;
  };
  const undo = button([icon("undo"), "Undo"], { id: "undo" }, "UNDO");
  const close = button("Close batch", { class: "main", id: "close-batch" }, "BATCH:CLOSE");
  const times = h("button", { type: "button", onclick: askQuantity }, "Quantity");
  const mode = h("button", { type: "button", onclick: askMode }, "Task");
  return h("div", { class: "actions" }, undo, times, mode, close, typed());
}

function say(receipt) {
  if (receipt.signal === "error") tell(receipt.message, "bad");
}

/** For a label that no scanner reads. */
function typed() {
  const input = h("input", {
    "aria-label": "Type a code", placeholder: "Type a code", autocomplete: "off", spellcheck: "false", id: "typed",
    enterkeyhint: "send",
  });
  return h("form", {
    onsubmit: async (event) => {
      event.preventDefault();
      const code = input.value.trim();
      if (!code) return;
      await during(event.submitter, async () => {
        say(await post("/scans", { code, device: "console", operator: operator() }));
        input.value = "";
      });
      input.focus();
    },
  }, input, h("button", { type: "submit" }, "Enter"));
}

function askQuantity() {
  let digits = "";
  const display = h("output", { class: "display", "aria-live": "polite" }, "1");
  const press = (digit) => () => {
    digits = digit === "⌫" ? digits.slice(0, -1) : (digits + digit).slice(0, 4).replace(/^0+/, "");
    display.textContent = digits || "1";
  };
  const keys = ["7", "8", "9", "4", "5", "6", "1", "2", "3", "0", "⌫"].map((key) =>
    h("button", { type: "button", onclick: press(key), "aria-label": key === "⌫" ? "Delete" : key }, key));
  const done = h("button", { type: "button", class: "main" }, "OK");
  const box = dialog("How many is the next item?", display, h("div", { class: "keys" }, keys, done),
    h("button", { type: "button", onclick: () => box.close() }, "Cancel"));
  done.addEventListener("click", () => during(done, async () => {
    say(await command(`QTY:${digits || 1}`));
    box.close();
  }));
}

function askMode() {
  const buttons = Object.entries(modes).map(([mode, words]) => {
    const button = h("button", { type: "button", "aria-pressed": `${station.status?.mode === mode}` }, words);
    button.addEventListener("click", () => during(button, async () => {
      say(await command(`MODE:${mode.toUpperCase()}`));
      box.close();
    }));
    return button;
  });
  const place = h("input", { name: "place", autocomplete: "off", value: station.status?.place ?? "" });
  const form = h("form", {
    class: "row",
    onsubmit: (event) => {
      event.preventDefault();
      during(event.submitter, async () => {
        say(await command(`PLACE:${place.value.trim()}`));
        box.close();
      });
    },
  }, h("label", {}, "Place", place), h("button", { type: "submit" }, "Go there"));
  const cancel = h("button", { type: "button", class: "danger" }, "Cancel this batch");
  cancel.addEventListener("click", () => during(cancel, async () => {
    say(await command("BATCH:CANCEL"));
    box.close();
  }));
  const box = dialog("What are you doing?", h("div", { class: "keys" }, buttons), form,
    station.status?.openBatch ? cancel : null,
    h("button", { type: "button", onclick: () => box.close() }, "Back"));
}
