// What is scanned together: how far it is, what is missing, and what lies in which unit.

import { h, fill, icon, during, tell, dialog } from "./dom.js";
import { get, command } from "./api.js";
import { listen } from "./station.js";
import { modes, count } from "./words.js";

export const title = "Batch";

const profiles = { receiving: "Receiving", stocktake: "Stocktake", returns: "Returns", "tool-crib": "Tool crib" };
const states = { missing: "missing", part: "part", complete: "complete", over: "too many" };
const stateIcons = { missing: "open", part: "now", complete: "ok", over: "unknown" };
const reasons = { extra: "not on the list", lot: "wrong lot", unit: "wrong unit", place: "wrong place" };
const isUnit = (one) => /^00\/\d{18}$/.test(one.code);
const sscc = (unit) => (unit.startsWith("00/") ? unit.slice(3) : unit);
const sumOf = (number, words, kind) => (number ? h("span", { class: "chip", "data-kind": kind }, `${number} ${words}`) : null);

export function open(screen) {
  const sum = h("section", { class: "card sum", "aria-label": "How far it is" });
  const list = h("section", { class: "card lines", "aria-label": "What it holds" });
  const actions = h("div", { class: "actions" });
  fill(screen, sum, list, actions);
  let last = null;
  let asked = 0;

  async function refresh() {
    const mine = ++asked;
    try {
      const current = await get("/batches/current");
      if (mine !== asked) return;
      drawSum(sum, current, last, say);
      drawContent(list, current);
      fill(actions, buttons(current, say));
    } catch {
      // The banner says already that the station does not answer.
    }
  }

  async function say(text) {
    const receipt = await command(text);
    if (receipt.signal === "error") tell(receipt.message, "bad");
    last = receipt;
    await refresh();
  }

  refresh();
  return listen((kind, scan) => {
    if (kind === "scan") last = scan;
    if (kind === "scan" || kind === "answers") refresh();
  });
}

function drawSum(element, current, last, say) {
  const { batch, list, units } = current;
  const compared = list?.comparison;
  const pieces = batch?.stage === "open" || compared ? batch?.pieces ?? 0 : 0;
  const where = batch?.stage === "open" ? batch.place : current.place;
  fill(element,
    h("div", { class: "row" }, h("h1", {}, `${modes[current.mode] ?? current.mode} at ${where}`), h("span", { class: "grow" }),
      h("span", { class: "chip" }, current.profile ? profiles[current.profile] ?? current.profile : "No profile")),
    compared ? h("div", { class: "body" },
      h("span", { class: "label" }, `List ${list.code}`),
      h("strong", { class: "huge" }, `${compared.scanned}`, h("small", {}, ` of ${compared.expected}`)), progress(compared),
      h("div", { class: "row verdict" }, compared.isExact ? h("span", { class: "chip", "data-kind": "good" }, icon("ok"), "All there") : null,
        sumOf(compared.missing, "missing", "warn"), sumOf(compared.over, "too many", "bad"),
        sumOf(compared.wrong, "wrong", "bad"), sumOf(compared.extra, "extra", "bad")))
      : h("div", { class: "body" },
        h("strong", { class: "huge" }, `${pieces}`, h("small", {}, pieces === 1 ? " piece" : " pieces")),
        h("p", { class: "quiet" }, batch?.stage === "open" ? count(batch.lines, "line") : "The next scan opens a batch.")),
    units.length ? h("p", { class: "in-unit" }, icon("pick"), h("span", {}, "In unit "), h("b", { class: "code" }, units.map(sscc).join(" › ")),
      current.isNesting ? h("span", {}, ": the next unit goes into it") : null) : null,
    current.asked ? question(current.asked, say)
      : last?.message ? h("p", { class: "told", role: "status", "data-signal": last.signal }, last.message) : null);
}

function progress(compared) {
  const wide = (pieces) => `width:${Math.min(100, (100 * pieces) / Math.max(1, compared.expected))}%`;
  return h("div", { class: "progress", role: "progressbar", "aria-label": "Scanned of what is expected", "aria-valuemin": "0",
    "aria-valuemax": `${compared.expected}`, "aria-valuenow": `${compared.scanned}`,
    "aria-valuetext": `${compared.scanned} of ${compared.expected} pieces` }, h("div", { style: wide(compared.scanned) }));
}

/** A read that may be a repeat. */
function question(asked, say) {
  const yes = h("button", { type: "button", class: "main", id: "count-again" }, "Count it again");
  const no = h("button", { type: "button", id: "count-once" }, "No");
  yes.addEventListener("click", () => during(yes, () => say("SAY:CONFIRM")));
  no.addEventListener("click", () => during(no, () => say("SAY:CANCEL")));
  return h("div", { class: "row asked", role: "alert" }, h("b", { class: "grow" }, h("span", { class: "code" }, asked), " was read twice."), yes, no);
}

function drawContent(element, current) {
  const compared = current.list?.comparison;
  const order = ["over", "part", "missing", "complete"];
  const lines = compared ? [...compared.lines].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state)) : [];
  const rows = compared
    ? [...compared.strays.map(stray), ...lines.map(expected)]
    : (current.batch?.groups ?? []).filter((one) => !isUnit(one)).map(group);
  const units = flat(current.batch?.units ?? []);
  fill(element,
    h("h2", {}, compared ? "List" : current.batch ? `Batch, ${current.batch.stage}` : "Nothing scanned yet"),
    h("ol", { class: "list", tabindex: "0", "aria-label": compared ? "List" : "Goods" }, rows),
    units.length ? h("details", { open: !compared }, h("summary", {}, count(units.length, "unit")),
      h("ul", { class: "units" }, units.map(([unit, depth]) => h("li", { style: `padding-left:${depth * 22}px` },
        h("span", { class: "code" }, sscc(unit.unit)), h("span", { class: "quiet" }, ` ${count(unit.pieces, "piece")}${unit.isScanned ? "" : ", label not scanned"}`))))) : null);
}

const flat = (units, depth = 0) => units.flatMap((unit) => [[unit, depth], ...flat(unit.inner, depth + 1)]);

const about = (one) => [one.lot ? `lot ${one.lot}` : null, one.expiry ? `until ${one.expiry}` : null,
  one.unit ? `in ${sscc(one.unit)}` : null].filter(Boolean).join(", ");

function row(state, name, iconName, what, number, more) {
  return h("li", { "data-state": state }, icon(iconName),
    h("span", { class: "what" }, h("b", {}, name), what ? h("span", { class: "quiet" }, ` ${what}`) : null,
      more ? h("strong", { class: "flag" }, ` ${more}`) : null),
    h("span", { class: "number" }, number));
}

const expected = (line) => row({ complete: "done", over: "short", part: "current" }[line.state] ?? line.state, line.name ?? line.item,
  stateIcons[line.state], about(line), [`${line.scanned} / ${line.expected}`, h("span", { class: "unseen" }, ` ${states[line.state]}`)],
  line.state === "over" ? "too many" : null);

const stray = (one) => row("stray", one.name ?? one.code, "error", about(one), `${one.pieces}`, reasons[one.reason]);

function group(one) {
  const flags = [one.isRecalled ? "recalled" : null, one.isExpired ? "expired" : null].filter(Boolean).join(", ");
  return row(flags ? "stray" : "done", one.name ?? one.code, flags ? "error" : "ok",
    [one.name ? one.code : null, about(one)].filter(Boolean).join(", "), `${one.pieces}`, flags);
}

function buttons(current, say) {
  const button = (words, id, text, properties = {}) => {
    const element = h("button", { type: "button", id, ...properties }, words);
    element.addEventListener("click", () => during(element, () => say(text)));
    return element;
  };
  const isOpen = current.batch?.stage === "open";
  return [button([icon("undo"), "Undo"], "undo", "UNDO"),
    current.units.length ? button("Unit into this", "unit-in", "UNIT:IN", { "aria-pressed": `${current.isNesting}` }) : null,
    current.units.length ? button("Out of unit", "unit-out", "UNIT:OUT") : null,
    h("button", { type: "button", id: "choose", onclick: () => choose(current, say) }, "Profile, list"),
    current.batch ? h("a", { class: "button", id: "paper", target: "_blank", rel: "noopener",
      href: `/v1/batches/${encodeURIComponent(current.batch.code)}/paper` }, "Print") : null,
    isOpen ? button("Close batch", "close-batch", "BATCH:CLOSE", { class: "main" }) : null];
}

async function choose(current, say) {
  const { lists } = await get("/lists");
  const item = (words, text, isPressed) => {
    const element = h("button", { type: "button", "aria-pressed": `${isPressed}` }, words);
    element.addEventListener("click", () => during(element, async () => {
      await say(text);
      box.close();
    }));
    return element;
  };
  const box = dialog("How to work",
    h("h2", {}, "Profile"), h("div", { class: "keys two" },
      current.profiles.map((name) => item(profiles[name] ?? name, `PROFILE:${name.toUpperCase()}`, current.profile === name)),
      item("None", "PROFILE:NONE", !current.profile)),
    h("h2", {}, "Compare with"), h("div", { class: "keys two" },
      lists.slice(0, 8).map((list) => item(`${list.code}`, `LIST:${list.code}`, list.isCurrent)),
      item("No list", "LIST:NONE", !current.list)),
    h("button", { type: "button", onclick: () => box.close() }, "Back"));
}
