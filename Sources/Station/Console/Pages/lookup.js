// What a code means, how much of it is where, and items by their names.

import { h, fill, table, during } from "./dom.js";
import { get, post } from "./api.js";
import { station, listen } from "./station.js";

export const title = "Look up";

const meanings = { item: "Item", place: "Place", serial: "Numbered piece", command: "Command" };
// A person types faster than answers help.
const pauseMilliseconds = 150;

export function open(screen) {
  const answer = h("div", { "aria-live": "polite", class: "stack" },
    h("p", { class: "empty" }, "Type a name or a code, or switch the task to Looking up and scan it."));
  const input = h("input", { name: "code", id: "lookup-code", autocomplete: "off", spellcheck: "false", enterkeyhint: "search", oninput: () => typed() });
  let timer;
  let asked = 0;
  // An answer that comes after a later question was asked is not shown.
  const ask = async (path, show) => {
    clearTimeout(timer);
    const mine = ++asked;
    const report = await get(path);
    if (mine === asked) show(report);
  };
  const look = (code) => ask(`/lookup?code=${encodeURIComponent(code)}`, (report) => draw(answer, report, look));
  const search = (text) => ask(`/search?q=${encodeURIComponent(text)}&limit=20`, (report) => {
    if (report.items.length) fill(answer, list(report, (key) => { input.value = key; look(key).catch(() => {}); }));
    else fill(answer, h("p", { class: "empty" }, "Nothing is called so. Press Look up to take it as a code."));
  });
  const typed = () => {
    clearTimeout(timer);
    const text = input.value.trim();
    if (text.length < 2) return;
    // What fails while typing is told when it is asked for by hand.
    timer = setTimeout(() => search(text).catch(() => {}), pauseMilliseconds);
  };
  const form = h("form", {
    class: "row card",
    onsubmit: (event) => {
      event.preventDefault();
      const code = input.value.trim();
      if (code) during(event.submitter, () => look(code));
    },
  }, h("label", {}, "Name, item, place or serial number", input), h("button", { class: "main", type: "submit" }, "Look up"));
  screen.append(h("h1", {}, title), form, answer);
  const stop = listen((kind, scan) => {
    if (kind !== "scan" || station.status?.mode !== "look-up" || scan.isLost) return;
    input.value = scan.text;
    look(scan.text).catch(() => {});  // The form tells it when asked by hand.
  });
  return () => {
    clearTimeout(timer);
    stop?.();
  };
}

function list(report, choose) {
  return [
    report.isGuess ? h("p", { class: "quiet" }, "Nothing is called so. Like it:") : null,
    table([["Item"], ["Codes"], ["Where"]], report.items.map((item) => [
      h("div", {}, h("button", { type: "button", onclick: () => choose(item.key) }, item.name), " ", h("span", { class: "code quiet" }, item.key)),
      codes(item),
      h("span", {}, (item.stock ?? []).filter((line) => line.quantity !== 0).map((line) => `${line.quantity} at ${line.place}`).join(", ") || "none"),
    ])),
  ];
}

function codes(item) {
  return h("span", { class: "code" }, item.codes.map((code) => code.quantity === 1 ? code.code : `${code.code} (${code.quantity})`).join(" "));
}

function draw(answer, report, look) {
  const most = Math.max(1, ...report.stock.map((line) => Math.abs(line.quantity)));
  const total = report.stock.reduce((sum, line) => sum + line.quantity, 0);
  const isItem = report.meaning === "item";
  const name = report.item?.name ?? report.placeName;
  fill(answer, h("section", { class: "card stack" },
    h("div", { class: "row" }, h("span", { class: "chip" }, meanings[report.meaning] ?? report.meaning),
      name ? h("strong", {}, name) : null,
      h("strong", { class: "code" }, report.name), h("span", { class: "grow" }),
      isItem ? h("span", { class: "big" }, `${total}`) : null),
    report.packQuantity ? h("p", {}, `This code stands for ${report.packQuantity} of it.`) : null,
    report.item?.codes.length ? h("p", { class: "quiet" }, "Codes: ", codes(report.item)) : null,
    report.item?.description ? h("p", {}, report.item.description) : null,
    report.serial ? h("p", {}, report.serial.contested.length > 1
      ? `Said to be at ${report.serial.contested.join(" and at ")}: look, and scan it where it is.`
      : `It is at ${report.serial.place}.`) : null,
    report.stock.length ? table([[isItem ? "Place" : "Item"], ["Share"], ["Quantity", true]], report.stock.map((line) => [
      h("span", { class: "code" }, isItem ? line.place : line.item, line.lot ? h("span", { class: "quiet" }, ` lot ${line.lot}`) : null),
      bar(line.quantity / most),
      h("span", {}, `${line.quantity}`, line.ifCountedLast !== undefined ? h("span", { class: "quiet" }, ` or ${line.ifCountedLast}`) : null)]))
      : report.serial ? null : h("p", { class: "empty" }, "None is known here."),
    report.untaught?.length ? h("p", { class: "quiet" }, `Booked under its codes before they were known: ${report.untaught.map((line) => `${line.quantity} × ${line.item} at ${line.place}`).join(", ")}.`) : null,
    report.isTruncated ? h("p", { class: "quiet" }, "There is more than fits here.") : null),
  isItem && !report.item && station.status?.catalogue ? lesson(report.code, look) : null);
}

// What nobody knows can be taught.
function lesson(code, look) {
  const item = h("input", { name: "item", id: "teach-item", autocomplete: "off", spellcheck: "false" });
  const quantity = h("input", { name: "quantity", id: "teach-quantity", type: "number", min: "1", max: "9999", value: "1" });
  return h("form", {
    class: "row card", id: "teach",
    onsubmit: (event) => {
      event.preventDefault();
      during(event.submitter, async () => {
        await post("/catalogue/teach", { code, item: item.value.trim(), quantity: Number(quantity.value) || 1 });
        await look(code);
      });
    },
  }, h("p", { class: "quiet" }, "The catalogue doesn't know this code. Which item is it?"),
  h("label", {}, "Item, or a code of it", item), h("label", {}, "Pieces a scan", quantity), h("button", { type: "submit" }, "Teach"));
}

function bar(share) {
  const element = h("div", { class: "bar" });
  element.style.width = `${Math.max(1, Math.abs(share) * 100)}%`;
  return h("div", { class: "track", "aria-hidden": "true" }, element);
}
