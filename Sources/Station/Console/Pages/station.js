// What the page knows of the station: its status, its last scans, and whether it answers.

import { get } from "./api.js";

const scanLimit = 300;
const statusEveryMilliseconds = 5000;
const sampleLimit = 720;

export const station = {
  status: null,
  /** Newest first. */
  scans: [],
  tasks: 0,
  answers: true,
  /** Of the outbox, one every few seconds while the page is open: [milliseconds, waiting]. */
  samples: [],
};

const listeners = new Set();

/** `listen(kind)` is called with "status", "scan", "device", "session" or "answers"; answers how to stop. */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function changed(kind, detail) {
  for (const listener of [...listeners]) listener(kind, detail);
}

export async function refresh() {
  try {
    station.status = await get("/status");
    station.samples.push([Date.now(), station.status.outbox.waiting]);
    if (station.samples.length > sampleLimit) station.samples.shift();
    setAnswers(true);
    changed("status");
  } catch {
    setAnswers(false);
  }
}

export async function refreshTasks() {
  try {
    station.tasks = (await get("/conflicts")).conflicts.length;
    changed("status");
  } catch {
    // The banner says already that the station does not answer.
  }
}

function setAnswers(answers) {
  if (station.answers === answers) return;
  station.answers = answers;
  changed("answers");
}

let pending = null;
/** Many scans in a burst ask for one status. */
function refreshSoon() {
  pending ??= setTimeout(() => {
    pending = null;
    refresh();
  }, 60);
}

export async function start() {
  await refresh();
  const last = station.status?.lastSequence ?? 0;
  const since = Math.max(0, last - scanLimit);
  const source = new EventSource(`/v1/events?since=${since}`);
  source.addEventListener("intake", (event) => {
    const scan = JSON.parse(event.data);
    station.scans.unshift(scan);
    if (station.scans.length > scanLimit) station.scans.pop();
    // What was there before the page is shown at once, not one by one.
    if (scan.sequence < last) return;
    changed("scan", scan);
    refreshSoon();
  });
  source.addEventListener("refused", (event) => {
    const refusal = JSON.parse(event.data);
    const scan = { ...refusal, signal: "error", text: "", time: new Date().toISOString(), isLost: true };
    station.scans.unshift(scan);
    changed("scan", scan);
  });
  source.addEventListener("device", (event) => {
    changed("device", JSON.parse(event.data));
    refreshSoon();
  });
  source.addEventListener("session", () => changed("session"));
  // A page that is left must not keep its connection: a browser has six for one host.
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
  source.onopen = () => refresh();
  source.onerror = () => refresh();
  setInterval(() => document.hidden || refresh(), statusEveryMilliseconds);
  refreshTasks();
  setInterval(() => document.hidden || refreshTasks(), 6 * statusEveryMilliseconds);
}
