// Logging in with gloves on: who, then the PIN on big keys; or a badge.

import { h, fill, icon } from "./dom.js";
import { report, onSession, isRemote, login, initials, roles } from "./session.js";

export const title = "Log in";

const shortestPIN = 6;
const longestPIN = 12;
/** With more operators than this, a field to find one by name. */
const findFrom = 12;

/** `done()` is called when somebody was let in. */
export function open(screen, done = () => {}) {
  let chosen = null;
  let leave = () => {};
  const show = (name, message) => {
    leave();
    chosen = name;
    leave = name === null ? people(screen, show, message) : keypad(screen, name, show, done);
  };
  // A supervisor whose badge can be copied has shown it: the PIN is wanted at once.
  const follow = () => {
    if (report.pinWanted && report.pinWanted !== chosen) show(report.pinWanted);
    else if (chosen === null) show(null);
  };
  follow();
  const stop = onSession(follow);
  return () => {
    stop();
    leave();
  };
}

function people(screen, choose) {
  const head = h("div", { class: "stack" }, h("h1", { tabindex: "-1" }, "Who are you?"),
    isRemote() ? null : h("p", { class: "quiet hint" }, icon("badge"), "Choose your name, or show your badge."));
  if (isRemote()) {
    fill(screen, h("section", { class: "who stack" }, head, nameForm(choose)));
    screen.querySelector("input").focus();
    return () => {};
  }
  const operators = report.operators;
  const list = h("div", { class: "tiles" });
  const draw = (part = "") => fill(list, operators
    .filter(({ name }) => name.toLowerCase().includes(part.toLowerCase()))
    .map((operator) => tile(operator, choose)));
  draw();
  const find = operators.length > findFrom
    ? h("input", { type: "search", "aria-label": "Find your name", placeholder: "Find your name", autocomplete: "off",
      oninput: (event) => draw(event.target.value) }) : null;
  fill(screen, h("section", { class: "who stack" }, head, find, nobody(), list));
  return () => {};
}

function nobody() {
  if (report.fault) return h("p", { class: "told", "data-signal": "error", role: "alert" }, sentence(report.fault.message));
  if (report.operators.length) return null;
  return h("p", { class: "card" }, "The hub has told this station of no operators yet. An admin adds them with ",
    h("code", {}, "scanhub operators add"), ".");
}

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1) + (text.endsWith(".") ? "" : ".");

function tile({ name, role }, choose) {
  return h("button", { type: "button", class: "tile", onclick: () => choose(name) },
    h("span", { class: "avatar", "aria-hidden": "true" }, initials(name)),
    h("span", { class: "of" }, h("strong", {}, name), h("small", { class: "quiet" }, roles[role] ?? role)));
}

function nameForm(choose) {
  const field = h("input", { name: "operator", required: true, autocomplete: "username", autocapitalize: "off", spellcheck: "false" });
  return h("form", {
    class: "row",
    onsubmit: (event) => {
      event.preventDefault();
      choose(field.value.trim());
    },
  }, h("label", {}, "Your name, as the hub knows it", field), h("button", { type: "submit", class: "main" }, "Next"));
}

function keypad(screen, name, choose, done) {
  const message = h("p", { class: "told", role: "alert", id: "pin-told" });
  // Real keyboards type into it; a tablet must not put its own over the keys.
  const field = h("input", { type: "password", id: "pin", inputmode: "none", autocomplete: "off", maxlength: longestPIN,
    "aria-describedby": "pin-told" });
  const enter = h("button", { type: "submit", class: "main enter" }, "Log in");
  let waiting = null;
  const ready = () => {
    enter.disabled = waiting !== null || field.value.length < shortestPIN;
  };
  const say = (text) => {
    message.dataset.signal = "error";
    message.textContent = text;
  };
  const type = (digit) => {
    if (field.value.length < longestPIN) field.value += digit;
    typed();
  };
  const typed = () => {
    field.value = field.value.replace(/\D/g, "");
    if (waiting === null) message.textContent = "";
    ready();
    field.focus();
  };
  field.addEventListener("input", typed);
  const keys = h("div", { class: "keys pad", role: "group", "aria-label": "Keys" },
    [..."123456789"].map((digit) => key(digit, () => type(digit))),
    key(icon("erase"), () => { field.value = field.value.slice(0, -1); typed(); }, "Delete the last digit"),
    key("0", () => type("0")), enter);
  const hold = (seconds) => {
    clearInterval(waiting);
    const end = Date.now() + seconds * 1000;
    const tick = () => {
      const left = Math.ceil((end - Date.now()) / 1000);
      if (left > 0) return say(`Too many wrong PINs. Try again in ${span(left)}.`);
      clearInterval(waiting);
      waiting = null;
      message.textContent = "";
      ready();
    };
    waiting = setInterval(tick, 1000);
    tick();
  };
  const send = async (event) => {
    event.preventDefault();
    if (waiting !== null || field.value.length < shortestPIN) return;
    enter.disabled = true;
    enter.classList.add("busy");
    try {
      await login(name, field.value);
      done();
    } catch (problem) {
      field.value = "";
      if (problem.code === "login-wait" && problem.retryAfter) hold(problem.retryAfter);
      else say(problem.message);
    }
    enter.classList.remove("busy");
    ready();
    field.focus();
  };
  const form = h("form", { class: "unlock", onsubmit: send },
    h("section", { class: "stack" },
      h("div", { class: "row person" }, h("span", { class: "avatar big", "aria-hidden": "true" }, initials(name)),
        h("h1", {}, name)),
      h("label", {}, "Type your PIN", field), message, h("span", { class: "grow" }),
      h("button", { type: "button", class: "back", onclick: () => choose(null) }, "Somebody else")),
    keys);
  form.addEventListener("keydown", (event) => event.key === "Escape" && choose(null));
  fill(screen, form);
  ready();
  field.focus();
  return () => clearInterval(waiting);
}

function key(content, press, label) {
  return h("button", { type: "button", tabindex: label ? null : "-1", "aria-label": label,
    // The field keeps the focus, so that keys and keyboard can be mixed.
    onpointerdown: (event) => event.preventDefault(), onclick: press }, content);
}

const span = (seconds) => seconds < 120 ? `${seconds} ${seconds === 1 ? "second" : "seconds"}` : `${Math.ceil(seconds / 60)} minutes`;
