// The inbox of whoever is signed in: how many are unread, what there is, and marking it as read.

import { ask } from "./api.js";
import { Panel } from "./inbox-panel.js";

const PAGE = 20;

export class Inbox {
  #panel = new Panel();
  #items = []; // the newest first
  #unread = 0;
  #cursor = null;
  #asked = null;
  #heard = []; // while an answer is awaited
  #isSomebodys = false;

  constructor() {
    this.#panel.onopen = () => this.#opened();
    this.#panel.onall = () => this.#read({ all: true });
    this.#panel.onearlier = () => this.#readOn();
    document.addEventListener("visibilitychange", () => this.#lookAgain());
  }

  // Again whenever somebody else looks at the page.
  async look(isSignedIn) {
    this.#isSomebodys = isSignedIn;
    this.#panel.offer(isSignedIn);
    if (isSignedIn) return this.#load();
    this.#asked = null;
    this.#keep({ items: [], unread: 0, nextCursor: null });
  }

  // One that came live: new, or a group that has grown.
  hear(notification) {
    this.#heard.push(notification);
    const at = this.#items.findIndex(({ id }) => id === notification.id);
    const isCounted = at >= 0 && this.#items[at].readAt === null;
    if (at >= 0) this.#items[at] = notification;
    else this.#items.unshift(notification);
    if (!isCounted && notification.readAt === null) this.#unread++;
    this.#panel.say(notification);
    this.#show();
    if (this.#panel.isOpen) this.#readShown();
  }

  async #opened() {
    await this.#load();
    await this.#readShown();
  }

  #lookAgain() {
    if (this.#isSomebodys && !document.hidden && !this.#panel.isOpen) this.#load();
  }

  async #load() {
    this.#heard = [];
    const asked = (this.#asked = ask("GET", `/notifications?limit=${PAGE}`));
    const page = await asked.catch(({ message }) => this.#panel.remark(message));
    if (asked !== this.#asked || !page) return; // it is another person's by now
    const missed = this.#heard.filter(({ id }) => !page.items.some((item) => item.id === id));
    this.#keep(page);
    for (const notification of missed) this.hear(notification);
  }

  async #readOn() {
    const asked = this.#asked;
    const page = await ask("GET", `/notifications?limit=${PAGE}&cursor=${this.#cursor}`);
    if (asked !== this.#asked) return;
    this.#keep({ ...page, items: [...this.#items, ...page.items] });
    await this.#readShown();
  }

  // What is before somebody's eyes need not be counted any more.
  async #readShown() {
    const ids = this.#items.filter(({ readAt }) => readAt === null).map(({ id }) => id);
    if (ids.length > 0) await this.#read({ ids: ids.slice(0, 100) });
  }

  async #read(which) {
    const asked = this.#asked;
    const now = new Date().toISOString();
    try {
      const { unread } = await ask("POST", "/notifications/read", { body: which });
      if (asked !== this.#asked) return;
      this.#unread = unread;
      for (const item of this.#items) if (which.all || which.ids.includes(item.id)) item.readAt ??= now;
      this.#show();
    } catch ({ message }) {
      this.#panel.remark(message);
    }
  }

  #keep({ items, unread, nextCursor }) {
    this.#items = items;
    this.#unread = unread;
    this.#cursor = nextCursor;
    this.#panel.remark("");
    this.#show();
  }

  #show() {
    this.#panel.show(this.#items, this.#unread, this.#cursor !== null);
  }
}
