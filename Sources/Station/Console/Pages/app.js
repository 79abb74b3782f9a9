// Boots the page, shows the screen that the address names, and keeps the frame around it true.

import { station, start, listen } from "./station.js";
import { modes, count, link } from "./words.js";
import { h, icon, during } from "./dom.js";
import * as now from "./now.js";
import * as batches from "./batches.js";
import * as pick from "./pick.js";
import * as lookup from "./lookup.js";
import * as tasks from "./tasks.js";
import * as devices from "./devices.js";
import * as outbox from "./outbox.js";
import * as health from "./health.js";
import * as settings from "./settings.js";
import * as login from "./login.js";
import { report, refreshSession, onSession, isLocked, isRemote, worker, logout, initials, roles } from "./session.js";

const screens = { now, batches, pick, lookup, tasks, devices, outbox, health, settings, login };
const screen = document.getElementById("screen");
const lookEveryMilliseconds = 4000;
let leave = () => {};

function show() {
  const asked = Object.hasOwn(screens, location.hash.slice(1)) ? location.hash.slice(1) : "now";
  const name = isLocked() ? "login" : asked;
  document.body.classList.toggle("locked", isLocked());
  leave();
  screen.replaceChildren();
  screen.className = name;
  document.title = `${screens[name].title} · ${station.status?.name ?? "ScanStation"}`;
  for (const anchor of document.querySelectorAll("#rail a")) {
    if (anchor.hash === `#${name}`) anchor.setAttribute("aria-current", "page");
    else anchor.removeAttribute("aria-current");
  }
  leave = screens[name].open(screen, admitted) ?? (() => {});
}

/** After a login: back to work. */
function admitted() {
  if (location.hash === "#login") location.hash = "now";
}

let shownAs = null;
/** Who works here, and what that opens. */
function people() {
  const person = worker();
  const lock = document.getElementById("lock");
  lock.hidden = person === null;
  document.getElementById("enter").hidden = person !== null || isLocked() || !report?.operators?.length;
  if (person) {
    lock.replaceChildren(h("span", { class: "avatar", "aria-hidden": "true" }, initials(person.operator)),
      h("span", { class: "of" }, person.operator), icon("lock"));
    lock.setAttribute("aria-label", `${person.operator}, ${roles[person.role] ?? person.role}: log out`);
    lock.title = `${roles[person.role] ?? person.role}: log out`;
  }
  if (report?.pinWanted && location.hash !== "#login" && !isLocked()) location.hash = "login";
  const now = `${isLocked()} ${report?.session?.operator ?? ""}`;
  if (now === shownAs) return;
  // A browser of another machine reads nothing before; with a login it begins anew.
  if (shownAs !== null && isRemote()) return location.reload();
  const isFirst = shownAs === null;
  shownAs = now;
  if (!isFirst) {
    document.getElementById("announcer").textContent = person ? `${person.operator} is logged in.` : "Nobody is logged in.";
    show();
    if (!isLocked()) screen.focus();
  }
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
let looked = 0;
listen((kind) => {
  // Who does nothing is logged out without a word.
  if (kind !== "session" && !(kind === "status" && Date.now() - looked > lookEveryMilliseconds)) return;
  looked = Date.now();
  refreshSession();
});
onSession(people);
document.getElementById("lock").addEventListener("click", (event) => during(event.currentTarget, logout));
await refreshSession();
if (!(isRemote() && isLocked())) await start();
frame();
banner();
show();
document.documentElement.dataset.ready = "true";
