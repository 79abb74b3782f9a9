// Who works at this screen, as they said themselves. Kept by the browser.

const key = "operator";

export const operator = () => localStorage.getItem(key) ?? "";

export function setOperator(name) {
  if (name) localStorage.setItem(key, name);
  else localStorage.removeItem(key);
}
