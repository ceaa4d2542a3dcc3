// The HOST's followers, and for everybody else who is signed in: to be one of them, with a bell.

import { ask } from "./api.js";

const find = (id) => document.getElementById(id);
const DEAF = "You are not told when they go live";
const TOLD = "You are told when they go live";

export class Following {
  #person;
  #host = find("following").dataset.host;
  #shown = null; // the HOST's profile, as this person sees it
  #asked = null;
  #isAsking = false;

  constructor(person) {
    this.#person = person;
    find("follow").onclick = () => this.#ask(this.#shown.followedByMe ? "DELETE" : "PUT");
    find("bell").onclick = () =>
      this.#ask("PUT", { notify: this.#shown.notify === "all" ? "none" : "all" });
  }

  // Again whenever somebody else looks at the page.
  async look() {
    const asked = (this.#asked = this.#profile().catch(() => null));
    const shown = await asked;
    if (asked !== this.#asked) return; // it is another person's by now
    this.#shown = shown;
    this.#show();
  }

  #profile() {
    return ask("GET", `/profiles/${encodeURIComponent(this.#host)}`);
  }

  // Not disabled meanwhile: whoever came by keyboard would lose their place.
  async #ask(method, body) {
    if (this.#isAsking) return;
    this.#isAsking = true;
    this.#remark("");
    try {
      await ask(method, `/profiles/${encodeURIComponent(this.#host)}/follow`, { body });
      this.#shown = await this.#profile();
    } catch ({ message }) {
      this.#remark(`${message[0].toUpperCase()}${message.slice(1)}.`);
    }
    this.#isAsking = false;
    this.#show();
  }

  #show() {
    const shown = this.#shown;
    find("following").hidden = shown === null;
    if (shown === null) return;
    const { followers, followedByMe, notify } = shown;
    find("fans").textContent =
      followers === 1 ? "1 follower" : `${followers.toLocaleString()} followers`;
    const isOffered = this.#person.isSignedIn && this.#person.profile.id !== shown.id;
    find("follow").hidden = !isOffered;
    find("follow").classList.toggle("on", Boolean(followedByMe));
    find("follow").textContent = followedByMe ? "Following" : "Follow";
    find("follow").ariaLabel = followedByMe
      ? `Following ${this.#host}: press to stop`
      : `Follow ${this.#host}`;
    find("bell").hidden = !isOffered || !followedByMe;
    find("bell").ariaPressed = String(notify === "all");
    find("bell").title = notify === "all" ? TOLD : DEAF;
  }

  #remark(text) {
    find("follow-remark").textContent = text;
  }
}
