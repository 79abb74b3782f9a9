// The station's local API, as docs/local-api.md tells it.

import { operator } from "./operator.js";

export class Problem extends Error {
  constructor(code, message, retryAfter) {
    super(message);
    this.code = code;
    /** In seconds, when it is of use to wait. */
    this.retryAfter = retryAfter;
  }
}

let loginIsNeeded = () => {};
/** `listener` is called when an answer was that somebody has to log in. */
export const whenLoginIsNeeded = (listener) => { loginIsNeeded = listener; };

async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(`/v1${path}`, options);
  } catch {
    throw new Problem("not-running", "The station does not answer.");
  }
  if (answer.status === 204) return null;
  const body = await answer.json();
  if (!answer.ok) {
    if (body.code === "login-needed") loginIsNeeded();
    throw new Problem(body.code, body.message, Number(answer.headers.get("Retry-After")) || undefined);
  }
  return body;
}

export const get = (path) => ask(path);

export const post = (path, body = {}) =>
  ask(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });

export const command = (text) => post("/commands", { command: text, operator: operator() });

/** Server-sent events of an answer to POST, which EventSource can't ask for. */
export async function* stream(path, body, signal) {
  const answer = await fetch(`/v1${path}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal,
  });
  if (!answer.ok) {
    const problem = await answer.json();
    throw new Problem(problem.code, problem.message);
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    rest += value;
    const events = rest.split("\n\n");
    rest = events.pop();
    for (const text of events) {
      const event = parse(text);
      if (event) yield event;
    }
  }
}

function parse(text) {
  const fields = Object.fromEntries(text.split("\n").map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
  }));
  return fields.data ? { name: fields.event, data: JSON.parse(fields.data) } : null;
}
