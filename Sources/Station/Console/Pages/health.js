// How the station fares, as pictures.

import { h, fill } from "./dom.js";
import { station, listen } from "./station.js";
import { ago, count } from "./words.js";

export const title = "Health";
const minutes = 60;

export function open(screen) {
  const facts = h("div", { class: "facts" });
  const plots = h("div", { class: "cards" });
  screen.append(h("h1", {}, title), facts, plots);
  let frame = null;
  const draw = () => {
    frame = null;
    drawFacts(facts);
    drawPlots(plots);
  };
  draw();
  const stop = listen((kind) => {
    if (kind === "status" || kind === "scan") frame ??= requestAnimationFrame(draw);
  });
  return () => {
    cancelAnimationFrame(frame);
    stop();
  };
}

function drawFacts(element) {
  const { status } = station;
  if (!status) return;
  const bad = status.devices.filter((device) => device.fix && device.state !== "disabled");
  const fact = (value, words) => h("div", { class: "card stack" }, h("span", { class: "big" }, value), h("span", { class: "quiet" }, words));
  fill(element,
    fact(status.lastSequence.toLocaleString(), "scans and commands stored"),
    fact(status.outbox.waiting.toLocaleString(), "operations wait for the hub"),
    fact(`${status.devices.length - bad.length} of ${status.devices.length}`, "devices well"),
    fact(ago(status.started).replace(" ago", ""), `since the start of version ${status.version}`));
}

function drawPlots(element) {
  const perMinute = new Array(minutes).fill(0);
  const now = Date.now();
  for (const scan of station.scans) {
    const age = Math.floor((now - new Date(scan.time)) / 60000);
    if (age >= 0 && age < minutes) perMinute[minutes - 1 - age] += 1;
  }
  const errors = station.scans.filter((scan) => scan.signal === "error" && now - new Date(scan.time) < 3.6e6).length;
  fill(element,
    plot("Scans a minute, last hour", perMinute, `${count(perMinute.reduce((a, b) => a + b, 0), "scan")}, ${count(errors, "error")}`),
    plot("Operations waiting, since this page was opened", station.samples.map(([, waiting]) => waiting),
      `now ${station.status?.outbox.waiting ?? 0}`));
}

/** A curve over its values; screen readers get the caption. */
function plot(words, values, caption) {
  const most = Math.max(1, ...values);
  const step = values.length > 1 ? 600 / (values.length - 1) : 600;
  const points = (values.length > 1 ? values : [values[0] ?? 0, values[0] ?? 0])
    .map((value, index) => `${(index * step).toFixed(1)},${(132 - 120 * value / most).toFixed(1)}`);
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "plot");
  svg.setAttribute("viewBox", "0 0 600 140");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${words}: most ${most}, ${caption}`);
  for (const [kind, d] of [["area", `M0,132 L${points.join(" L")} L600,132 Z`], ["base", "M0,132 H600"], ["curve", `M${points.join(" L")}`]]) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("class", kind);
    path.setAttribute("d", d);
    svg.append(path);
  }
  return h("figure", { class: "card stack", style: "margin:0" },
    h("figcaption", { class: "row" }, h("h2", {}, words), h("span", { class: "grow" }), h("span", { class: "quiet" }, `most ${most} · ${caption}`)), svg);
}
