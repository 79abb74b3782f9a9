// Elements without markup in strings: whatever was scanned is text, never HTML.

/** `h("p", { class: "quiet" }, "text", child)`; properties that begin with "on" are listeners. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return element;
}

/** Replaces what is inside; absent children may be null. */
export function fill(element, ...children) {
  element.replaceChildren(...children.flat().filter((child) => child !== undefined && child !== null));
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `icons.svg#${name}`);
  svg.append(use);
  return svg;
}

/** A table of `columns` [title, isNumber] and rows of cells. */
export function table(columns, rows) {
  const side = (index) => (columns[index][1] ? { class: "number" } : {});
  return h("div", { class: "table" },
    h("table", {},
      h("thead", {}, h("tr", {}, columns.map(([title], index) => h("th", { scope: "col", ...side(index) }, title)))),
      h("tbody", {}, rows.map((cells) => h("tr", {}, cells.map((cell, index) => h("td", side(index), cell)))))));
}

/** Runs `work` with the button busy, if one was pressed; a failure is told in words. */
export async function during(pressed, work) {
  const button = pressed ?? document.createElement("button");
  button.disabled = true;
  button.classList.add("busy");
  try {
    return await work();
  } catch (problem) {
    tell(problem.message, "bad");
  } finally {
    button.disabled = false;
    button.classList.remove("busy");
  }
}

/** Says something to eyes and to screen readers. */
export function tell(text, kind = "good") {
  document.getElementById("announcer").textContent = text;
  const note = h("div", { class: "chip note", "data-kind": kind, role: "status" }, text);
  note.style.cssText = "position:fixed;left:50%;bottom:84px;transform:translateX(-50%);z-index:5;" +
    "max-width:92vw;white-space:normal;padding:12px 20px;box-shadow:0 4px 20px rgb(0 0 0/.3)";
  document.querySelectorAll(".note").forEach((old) => old.remove());
  document.body.append(note);
  setTimeout(() => note.remove(), 5000);
}

/** A dialog that closes by Escape and gives the focus back. */
export function dialog(title, ...children) {
  const id = `dialog-${Math.random().toString(36).slice(2)}`;
  const element = h("dialog", { "aria-labelledby": id },
    h("div", { class: "stack" }, h("h1", { id }, title), children));
  element.addEventListener("close", () => element.remove());
  document.body.append(element);
  element.showModal();
  return element;
}
