// How times, counts and states are said.

export const modes = { receive: "Receiving", count: "Counting", move: "Moving", "look-up": "Looking up" };

export const count = (number, one, many = `${one}s`) => `${number.toLocaleString()} ${number === 1 ? one : many}`;

export const clock = (text) =>
  new Date(text).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });

export function ago(text) {
  const seconds = Math.max(0, (Date.now() - new Date(text)) / 1000);
  if (seconds < 60) return "just now";
  if (seconds < 3600) return `${count(Math.floor(seconds / 60), "minute")} ago`;
  if (seconds < 86400) return `${count(Math.floor(seconds / 3600), "hour")} ago`;
  return `${count(Math.floor(seconds / 86400), "day")} ago`;
}

/** The link to the hub: [text, kind]. */
export function link(status) {
  const waiting = status.outbox.waiting;
  if (status.outbox.isHeld || status.outbox.hold) return ["On hold", "warn"];
  switch (status.link.state) {
    case "online": return [waiting ? "Sending" : "All sent", "good"];
    case "connecting": return ["Connecting", "warn"];
    case "offline": return ["Offline", "warn"];
    default: return ["No hub yet", "warn"];
  }
}

export const deviceStates = {
  ready: ["Ready", "good"], reading: ["Reading", "good"], missing: ["Not plugged in", "warn"],
  disabled: ["Switched off", "warn"], busy: ["Taken by another program", "bad"],
  "no-permission": ["Not allowed to open it", "bad"], failed: ["Failed", "bad"],
};
