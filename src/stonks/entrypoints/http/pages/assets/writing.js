// The box in which people write, and what becomes of what they wrote.

import { make } from "./faces.js";

const TYPING = 2_000; // milliseconds

export class Writing {
  #line = document.getElementById("line");
  #form = document.getElementById("writing");
  #pending = document.getElementById("pending");
  #remark = document.getElementById("remark");
  #seat;
  #log;
  #person;
  #join;
  #typedAt = 0;

  constructor({ seat, log, person, join }) {
    this.#seat = seat;
    this.#log = log;
    this.#person = person;
    this.#join = join;
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      this.#send();
    };
    this.#line.onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    };
    this.#line.oninput = () => this.#typed();
  }

  focus() {
    this.#line.focus();
  }

  remark(text) {
    this.#remark.textContent = text;
  }

  // After having joined: what was written before goes out.
  goOn() {
    this.focus();
    this.#send();
  }

  async #send() {
    const text = this.#line.value.trim();
    if (!text) return;
    if (!this.#person.isSignedIn) {
      this.#join();
      return;
    }
    this.#line.value = "";
    this.#resize();
    this.remark("");
    const waiting = this.#pending.appendChild(make("li", "quiet", text));
    this.#log.toEnd();
    try {
      const answer = await this.#seat.say(text);
      if (answer.type === "result") this.#log.whisper(answer.detail);
    } catch (error) {
      this.#refused(text, error);
    } finally {
      waiting.remove();
    }
  }

  #refused(text, { detail, retryAfter }) {
    const again = retryAfter ? ` Try again in ${Math.ceil(retryAfter)} s.` : "";
    this.remark(`${detail[0].toUpperCase()}${detail.slice(1)}.${again}`);
    if (!this.#line.value) {
      this.#line.value = text;
      this.#resize();
    }
  }

  #typed() {
    this.#resize();
    const isMessage = this.#line.value && !this.#line.value.startsWith("/");
    if (isMessage && this.#person.isSignedIn && Date.now() - this.#typedAt > TYPING) {
      this.#typedAt = Date.now();
      this.#seat.startTyping();
    }
  }

  #resize() {
    this.#line.style.height = "auto";
    this.#line.style.height = `${Math.min(this.#line.scrollHeight + 2, 160)}px`;
  }
}
