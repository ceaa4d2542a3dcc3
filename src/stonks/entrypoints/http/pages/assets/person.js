// Who is signed in on this page. Tokens live in its memory alone and go with it.

import { ask } from "./api.js";

const MARGIN = 30_000; // milliseconds before it runs out that a token is renewed

export class Person {
  #tokens = null;
  #until = 0;
  #renewing = null;
  profile = null;

  get isSignedIn() {
    return this.#tokens !== null;
  }

  async signUp(fields) {
    this.#enter(await ask("POST", "/auth/signup", { body: fields }));
  }

  async logIn(login, password) {
    this.#enter(await ask("POST", "/auth/login", { body: { login, password } }));
  }

  async logOut() {
    const token = this.#tokens?.accessToken;
    this.forget();
    if (token) await ask("POST", "/auth/logout", { body: {}, token }).catch(() => {});
  }

  forget() {
    this.#tokens = this.profile = null;
  }

  // An access token that lives for a while yet; null for anonymous people.
  async token() {
    if (this.#tokens && Date.now() > this.#until) {
      this.#renewing ??= this.#renew().finally(() => (this.#renewing = null));
      await this.#renewing;
    }
    return this.#tokens?.accessToken ?? null;
  }

  async #renew() {
    try {
      const { refreshToken } = this.#tokens;
      this.#keep(await ask("POST", "/auth/refresh", { body: { refreshToken } }));
    } catch (problem) {
      if (problem.status === 401) this.forget();
      else throw problem;
    }
  }

  #enter(answer) {
    this.profile = answer.profile;
    this.#keep(answer);
  }

  #keep(tokens) {
    this.#tokens = tokens;
    this.#until = Date.now() + tokens.expiresIn * 1000 - MARGIN;
  }
}
