// What a code means and how much of it is where.

import { h, fill, table, during } from "./dom.js";
import { get } from "./api.js";
import { station, listen } from "./station.js";

export const title = "Look up";

const meanings = { item: "Item", place: "Place", serial: "Numbered piece", command: "Command" };

export function open(screen) {
  const answer = h("div", { "aria-live": "polite", class: "stack" },
    h("p", { class: "empty" }, "Type a code, or switch the task to Looking up and scan it."));
  const input = h("input", { name: "code", id: "lookup-code", autocomplete: "off", spellcheck: "false", enterkeyhint: "search" });
  const look = async () => {
    const code = input.value.trim();
    if (code) draw(answer, await get(`/lookup?code=${encodeURIComponent(code)}`));
  };
  const form = h("form", {
    class: "row card",
    onsubmit: (event) => {
      event.preventDefault();
      during(event.submitter, look);
    },
  }, h("label", {}, "Item, place or serial number", input), h("button", { class: "main", type: "submit" }, "Look up"));
  screen.append(h("h1", {}, title), form, answer);
  return listen((kind, scan) => {
    if (kind !== "scan" || station.status?.mode !== "look-up" || scan.isLost) return;
    input.value = scan.text;
    look().catch(() => {});  // The form tells it when asked by hand.
  });
}

function draw(answer, report) {
  const most = Math.max(1, ...report.stock.map((line) => Math.abs(line.quantity)));
  const total = report.stock.reduce((sum, line) => sum + line.quantity, 0);
  const isItem = report.meaning === "item";
  fill(answer, h("section", { class: "card stack" },
    h("div", { class: "row" }, h("span", { class: "chip" }, meanings[report.meaning] ?? report.meaning),
      h("strong", { class: "code" }, report.name), h("span", { class: "grow" }),
      isItem ? h("span", { class: "big" }, `${total}`) : null),
    report.serial ? h("p", {}, report.serial.contested.length > 1
      ? `Said to be at ${report.serial.contested.join(" and at ")}: look, and scan it where it is.`
      : `It is at ${report.serial.place}.`) : null,
    report.stock.length ? table([[isItem ? "Place" : "Item"], ["Share"], ["Quantity", true]], report.stock.map((line) => [
      h("span", { class: "code" }, isItem ? line.place : line.item, line.lot ? h("span", { class: "quiet" }, ` lot ${line.lot}`) : null),
      bar(line.quantity / most),
      h("span", {}, `${line.quantity}`, line.ifCountedLast !== undefined ? h("span", { class: "quiet" }, ` or ${line.ifCountedLast}`) : null)]))
      : report.serial ? null : h("p", { class: "empty" }, "None is known here."),
    report.isTruncated ? h("p", { class: "quiet" }, "There is more than fits here.") : null));
}

function bar(share) {
  const element = h("div", { class: "bar" });
  element.style.width = `${Math.max(1, Math.abs(share) * 100)}%`;
  return h("div", { class: "track", "aria-hidden": "true" }, element);
}
