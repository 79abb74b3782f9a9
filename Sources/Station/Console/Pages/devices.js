// Which scanners there are, how they fare, and how to add one by scanning with it.

import { h, fill, during, dialog, tell } from "./dom.js";
import { post, stream } from "./api.js";
import { station, listen, refresh } from "./station.js";
import { deviceStates } from "./words.js";

export const title = "Devices";
const identifySeconds = 60;

export function open(screen) {
  const list = h("div", { class: "cards" });
  screen.append(h("div", { class: "row" }, h("h1", {}, title), h("span", { class: "grow" }),
    h("button", { class: "main", type: "button", id: "add-scanner", onclick: identify }, "Add a scanner")), list);
  const draw = () => {
    const devices = station.status?.devices ?? [];
    fill(list, devices.length ? devices.map(card)
      : [h("p", { class: "empty" }, "No scanner yet. Plug one in, press Add a scanner, and scan anything.")]);
  };
  draw();
  return listen((kind) => kind === "status" && draw());
}

function card(device) {
  const [words, kind] = deviceStates[device.state] ?? [device.state, "warn"];
  const isOff = device.state === "disabled";
  const toggle = h("button", { type: "button" }, isOff ? "Switch on" : "Switch off");
  toggle.addEventListener("click", () => during(toggle, async () => {
    await post(`/devices/${encodeURIComponent(device.name)}/${isOff ? "enable" : "disable"}`);
    await refresh();
  }));
  return h("article", { class: "card stack", "aria-label": device.name },
    h("div", { class: "row" }, h("strong", {}, device.name), h("span", { class: "grow" }),
      h("span", { class: "chip", "data-kind": kind }, words)),
    h("p", { class: "quiet" }, [device.driver, device.node].filter(Boolean).join(" · ")),
    device.reason && device.fix ? h("p", {}, device.reason) : null,
    device.fix ? h("p", {}, h("strong", {}, "Do this: "), device.fix) : null,
    device.code ? h("p", { class: "quiet code" }, device.code) : null,
    h("div", { class: "row" }, toggle));
}

/** "Scan anything now": what answers is shown, named and taken. */
function identify() {
  const state = h("p", { "aria-live": "polite" }, "Listening to everything that could be a scanner…");
  const heard = h("div", { class: "stack" });
  let abort;
  const begin = (paths) => {
    abort?.abort();
    abort = new AbortController();
    const { signal } = abort;
    hear(paths, state, heard, box, signal).catch((problem) => {
      if (!signal.aborted) state.textContent = problem.message;
    });
  };
  const box = dialog("Scan anything now", state, heard, port(begin),
    h("button", { type: "button", onclick: () => box.close() }, "Close"));
  box.addEventListener("close", () => abort.abort());
  begin([]);
}

/** A plain serial port says nothing of what is plugged into it: a person has to. */
function port(begin) {
  const path = h("input", { name: "path", placeholder: "/dev/ttyS0", autocomplete: "off", spellcheck: "false" });
  return h("details", {}, h("summary", {}, "It hangs on a plain serial port"),
    h("form", {
      class: "row",
      onsubmit: (event) => {
        event.preventDefault();
        begin([path.value.trim()]);
      },
    }, h("label", {}, "Its path", path), h("button", { type: "submit" }, "Listen there too")));
}

async function hear(paths, state, heard, box, signal) {
  const seen = new Set();
  for await (const event of stream("/devices/identify", { seconds: identifySeconds, paths }, signal)) {
    if (event.name === "listening") {
      const number = event.data.candidates.length;
      state.textContent = number ? `Listening to ${number === 1 ? "one device" : `${number} devices`}. Scan any code with the one to add.`
        : "Nothing that could be a scanner is plugged in. Plug it in, close this and try again.";
    } else if (event.name === "heard" && !seen.has(event.data.device.node)) {
      seen.add(event.data.device.node);
      state.textContent = "Heard one. Give it a name.";
      heard.append(offer(event.data, box));
    }
  }
  if (!seen.size) state.textContent = "Nothing was heard. Close this and try again.";
}

function offer(heard, box) {
  const name = h("input", { name: "name", required: true, autocomplete: "off", value: proposal(heard) });
  return h("form", {
    class: "card stack",
    onsubmit: (event) => {
      event.preventDefault();
      during(event.submitter, async () => {
        await post("/devices", { name: name.value.trim(), driver: heard.driver, device: heard.device });
        await refresh();
        tell(`${name.value.trim()} is one of the station's scanners now.`);
        box.close();
      });
    },
  }, h("p", {}, h("strong", {}, heard.device.product ?? heard.device.node), h("span", { class: "quiet" }, ` ${heard.driver}`)),
    h("p", {}, "It said ", h("span", { class: "code" }, heard.text), heard.ending ? `, ended by ${heard.ending}.` : "."),
    h("label", {}, "Name", name), h("button", { class: "main", type: "submit" }, "Use this scanner"));
}

function proposal(heard) {
  const words = (heard.device.product ?? heard.driver).toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return words.replace(/^-|-$/g, "").slice(0, 30) || "scanner";
}
