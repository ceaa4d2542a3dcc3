// Requests of somebody whose session is in a cookie that no script can read.

import { Problem } from "./api.js";

const CSRF = /(?:^|; )__Host-stonks-csrf=([^;]*)/;

export async function ask(method, path, body) {
  const headers = { "Stonks-Session": "cookie" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const token = CSRF.exec(document.cookie)?.[1];
  if (token && method !== "GET") headers["X-CSRF-Token"] = decodeURIComponent(token);
  const answer = await fetch(`/api/v1${path}`, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => {
    throw new Problem(0, { code: "unreachable", detail: "the server cannot be reached" });
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Problem(answer.status, said);
  return said;
}
