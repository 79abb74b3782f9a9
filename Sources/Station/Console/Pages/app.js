// Boots the page, shows the screen that the address names, and keeps the frame around it true.

import { station, start, listen } from "./station.js";
import { modes, count, link } from "./words.js";
import * as now from "./now.js";
import * as pick from "./pick.js";
import * as lookup from "./lookup.js";
import * as tasks from "./tasks.js";
import * as devices from "./devices.js";
import * as outbox from "./outbox.js";
import * as health from "./health.js";
import * as settings from "./settings.js";

const screens = { now, pick, lookup, tasks, devices, outbox, health, settings };
const screen = document.getElementById("screen");
let leave = () => {};

function show() {
  const name = Object.hasOwn(screens, location.hash.slice(1)) ? location.hash.slice(1) : "now";
  leave();
  screen.replaceChildren();
  screen.className = name;
  document.title = `${screens[name].title} · ${station.status?.name ?? "ScanStation"}`;
  for (const anchor of document.querySelectorAll("#rail a")) {
    if (anchor.hash === `#${name}`) anchor.setAttribute("aria-current", "page");
    else anchor.removeAttribute("aria-current");
  }
  leave = screens[name].open(screen) ?? (() => {});
}

function frame() {
  const { status } = station;
  if (!status) return;
  text("station", status.name);
  text("task", `${modes[status.mode] ?? status.mode} at ${status.place}`);
  const [words, kind] = link(status);
  const chip = text("link", words);
  chip.dataset.kind = kind;
  chip.title = status.link.message ?? status.link.hubURL ?? "";
  const waiting = text("waiting", `${count(status.outbox.waiting, "operation")} waiting`);
  waiting.hidden = status.outbox.waiting === 0;
  badge("letter-count", status.outbox.deadLetters, "refused");
  badge("task-count", station.tasks, "open");
  badge("device-count", status.devices.filter((device) => device.fix && device.state !== "disabled").length,
    "need attention");
}

function text(id, words) {
  const element = document.getElementById(id);
  if (element.textContent !== words) element.textContent = words;
  return element;
}

function badge(id, number, meaning) {
  const element = text(id, number > 99 ? "99+" : `${number}`);
  element.hidden = number === 0;
  element.setAttribute("aria-label", `, ${number} ${meaning}`);
}

function banner() {
  const element = document.getElementById("banner");
  const { status, answers } = station;
  if (!answers) {
    element.dataset.kind = "bad";
    element.textContent = "The station does not answer. Is scanstationd running? This page goes on by itself when it is.";
  } else if (status?.link.state === "offline") {
    element.dataset.kind = "warn";
    element.textContent = "The hub is away. Go on scanning: everything is kept here and sent later.";
  }
  element.hidden = answers && status?.link.state !== "offline";
}

function theme() {
  const chosen = localStorage.getItem("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
}

theme();
listen((kind) => {
  if (kind === "status" || kind === "answers") {
    frame();
    banner();
  }
});
addEventListener("hashchange", () => {
  show();
  screen.focus();
});
await start();
frame();
banner();
show();
document.documentElement.dataset.ready = "true";
