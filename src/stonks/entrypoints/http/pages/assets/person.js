// Who is signed in in this browser, by a cookie that no script can read.

import { ask, csrfToken, Problem } from "./api.js";

const IN_COOKIE = { "Stonks-Session": "cookie" };
const NOT_KEPT = "this browser keeps nobody signed in here: it takes HTTPS, and cookies";
const NEEDS_MORE = "this account asks for a second proof: log in at /account, and come back";

export class Person {
  profile = null;
  role = null; // in the chat of this page

  get isSignedIn() {
    return this.profile !== null;
  }

  async signUp(fields) {
    await this.#enter("/auth/signup", fields);
  }

  async logIn(login, password) {
    await this.#enter("/auth/login", { login, password });
  }

  async logOut() {
    this.forget();
    await ask("POST", "/auth/logout", { body: {} }).catch(() => {});
  }

  // Finds out who it is, from an earlier visit or by another tab.
  async recognise() {
    this.profile = csrfToken() ? await ask("GET", "/profiles/me").catch(() => null) : null;
  }

  forget() {
    this.profile = this.role = null;
  }

  async #enter(path, body) {
    const answer = await ask("POST", path, { body, headers: IN_COOKIE });
    if (answer.mfaRequired) throw new Problem(0, { code: "mfa_required", detail: NEEDS_MORE });
    if (!csrfToken()) throw new Problem(0, { code: "not_kept", detail: NOT_KEPT });
    this.profile = answer.profile;
  }
}
