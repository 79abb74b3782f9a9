// Who is logged in at this screen, and whether somebody must be.

import { get, post, whenLoginIsNeeded } from "./api.js";

const touchEveryMilliseconds = 30_000;

/** As `GET /v1/session` answers; null before the first answer. */
export let report = null;

const listeners = new Set();

/** `listener()` is called when somebody came or went; answers how to stop. */
export function onSession(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether nothing but the login screen is to be shown. */
export const isLocked = () => report !== null && report.required && !report.session;

/** Another machine's browser knows no names, and reads nothing before it is logged in. */
export const isRemote = () => report !== null && report.operators === undefined;

/** Who works here: at this screen, or at the station by a badge. */
export const worker = () => report?.session ?? report?.atStation ?? null;

function take(answer) {
  const isNews = JSON.stringify(answer) !== JSON.stringify(report);
  report = answer;
  if (!isNews) return;
  // One of them may leave the screen of another, which then hears nothing more.
  for (const listener of [...listeners]) if (listeners.has(listener)) listener();
}

export async function refreshSession() {
  try {
    take(await get("/session"));
  } catch {
    return; // The banner says already that the station does not answer.
  }
  if (report.mayJoin && report.session?.operator !== report.atStation?.operator) await join();
}

/** Goes on with the session of a badge that was just shown. */
async function join() {
  try {
    take(await post("/login", { badge: true }));
  } catch {
    // Another screen of this station was first.
    take(await get("/session"));
  }
}

export async function login(operator, pin) {
  take(await post("/login", { operator, pin }));
}

export async function logout() {
  take(await post("/logout"));
}

let touched = 0;
/** Who does something here stays logged in. */
function touch() {
  if (!report?.session || Date.now() - touched < touchEveryMilliseconds) return;
  touched = Date.now();
  post("/session").then(take, () => {});
}

addEventListener("pointerdown", touch, { passive: true });
addEventListener("keydown", touch, { passive: true });
whenLoginIsNeeded(refreshSession);

export const roles = { viewer: "Viewer", operator: "Operator", supervisor: "Supervisor" };

/** "AL" of "Ada Lovelace". */
export function initials(name) {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)].map((word) => [...word][0]) : [...name].slice(0, 2);
  return letters.join("").toUpperCase();
}
