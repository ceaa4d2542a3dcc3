// Signing in by other places: a link for each, and what they send people back with.

import { ask } from "./account-door.js";
import { make } from "./faces.js";

const REASONS = {
  bad_credentials: "this account cannot sign in",
  email_taken_link_first: "your address has an account already: sign in as before",
  email_unverified: "verify your e-mail address there first",
  provider_unavailable: "that place does not answer; try again later",
  sign_in_cancelled: "you did not sign in there",
  too_many_attempts: "too many attempts; try again later",
};

// Where nobody set any, or they cannot be asked for, there are none.
export async function showPlaces(element) {
  const { items } = await ask("GET", "/auth/providers").catch(() => ({ items: [] }));
  element.replaceChildren(...items.map(link));
}

function link({ name, label }) {
  const found = make("a", "wide second", `Sign in with ${label}`);
  found.href = `/api/v1/auth/${encodeURIComponent(name)}/start?next=${location.pathname}`;
  return found;
}

// The code or the error of an address, which is then taken out of it: each is good once.
export function broughtBack() {
  const told = new URLSearchParams(location.hash.slice(1));
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  const error = told.get("error");
  return { code: told.get("code"), reason: error && (REASONS[error] ?? "that did not work; try again") };
}

export const exchange = (code) => ask("POST", "/auth/exchange", { code });
