// Joining a hub, and how this page looks.

import { h, fill, during, tell } from "./dom.js";
import { post } from "./api.js";
import { station, listen, refresh } from "./station.js";
import { operator, setOperator } from "./operator.js";
import { worker, roles } from "./session.js";

export const title = "Settings";

export function open(screen) {
  const hub = h("section", { class: "card stack" });
  screen.append(h("h1", {}, title), person(), hub, look(), about());
  let drawn = null;
  const draw = () => {
    const joined = station.status?.link.hubURL ?? "";
    if (joined === drawn) return;
    drawn = joined;
    fill(hub, h("h2", {}, "Hub"), joined ? h("p", {}, `This station has joined ${joined}` +
      (station.status.link.station ? ` as ${station.status.link.station}.` : ".")) : enrolment());
  };
  draw();
  return listen((kind) => kind === "status" && draw());
}

function enrolment() {
  const url = h("input", { name: "hub", inputmode: "url", placeholder: "https://hub.example", required: true, autocomplete: "off" });
  const code = h("input", { name: "code", required: true, autocomplete: "off", spellcheck: "false" });
  return h("form", {
    class: "row",
    onsubmit: (event) => {
      event.preventDefault();
      during(event.submitter, async () => {
        const answer = await post("/enrol", { hubURL: url.value.trim(), code: code.value.trim() });
        await refresh();
        tell(answer.warning ?? `Joined as ${answer.station}.`, answer.warning ? "warn" : "good");
      });
    },
  }, h("p", { class: "quiet", style: "flex-basis:100%" }, "An admin gets a code for one station with scanhub enrol-code."),
    h("label", {}, "Address of the hub", url), h("label", {}, "One-time code", code),
    h("button", { class: "main", type: "submit" }, "Join"));
}

/** Who is told to have scanned and decided. Nothing is proved by it. */
function person() {
  const logged = worker();
  if (logged) {
    return h("section", { class: "card stack" }, h("h2", {}, "You"),
      h("p", {}, `${logged.operator}, ${roles[logged.role]?.toLowerCase() ?? logged.role}. Your name goes with what you do here.`));
  }
  const name = h("input", { name: "operator", autocomplete: "off", value: operator() });
  return h("section", { class: "card stack" }, h("h2", {}, "You"),
    h("form", {
      class: "row",
      onsubmit: (event) => {
        event.preventDefault();
        setOperator(name.value.trim());
        tell(name.value.trim() ? `Hello ${name.value.trim()}.` : "Nobody is named.");
      },
    }, h("label", {}, "Name that goes with what you do here", name), h("button", { type: "submit" }, "Keep")));
}

function look() {
  const chosen = localStorage.getItem("theme") ?? "";
  const buttons = [["", "As the machine"], ["light", "Light"], ["dark", "Dark"]].map(([theme, words]) => {
    const button = h("button", { type: "button", "aria-pressed": `${theme === chosen}` }, words);
    button.addEventListener("click", () => {
      if (theme) localStorage.setItem("theme", theme);
      else localStorage.removeItem("theme");
      if (theme) document.documentElement.dataset.theme = theme;
      else delete document.documentElement.dataset.theme;
      for (const other of buttons) other.setAttribute("aria-pressed", `${other === button}`);
    });
    return button;
  });
  return h("section", { class: "card stack" }, h("h2", {}, "Colours"), h("div", { class: "row" }, buttons));
}

function about() {
  const { status } = station;
  return h("section", { class: "card stack" }, h("h2", {}, "This station"),
    h("p", { class: "quiet" }, status ? `ScanStation ${status.version}, process ${status.processID}. Everything is kept in ` : "",
      status ? h("span", { class: "code" }, status.stateDirectory) : "", status ? "." : ""));
}
