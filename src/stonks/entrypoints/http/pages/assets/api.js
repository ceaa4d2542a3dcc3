// HTTP, with problems as errors.

export class Problem extends Error {
  constructor(status, body) {
    super(body.detail ?? `the server answered ${status}`);
    this.status = status;
    this.code = body.code ?? "unknown";
    this.errors = body.errors ?? {};
  }
}

// What a page must repeat, beside a cookie that it cannot read; undefined where nobody is signed in.
export const csrfToken = () => document.cookie.match(/(?:^|; )__Host-stonks-csrf=([^;]+)/)?.[1];

export async function ask(method, path, { body, headers = {}, credentials = "same-origin" } = {}) {
  const sent = { ...headers };
  if (body !== undefined) sent["Content-Type"] = "application/json";
  if (method !== "GET" && csrfToken()) sent["X-CSRF-Token"] = csrfToken();
  const answer = await fetch(`/api/v1${path}`, {
    method,
    headers: sent,
    credentials,
    body: body === undefined ? undefined : JSON.stringify(body),
  }).catch(() => {
    throw new Problem(0, { code: "unreachable", detail: "the server cannot be reached" });
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Problem(answer.status, said);
  return said;
}

// As anybody reads it, also for people who are banned.
export const history = (slug, place = "") =>
  ask("GET", `/channels/${encodeURIComponent(slug)}/messages?${place}`, { credentials: "omit" });
