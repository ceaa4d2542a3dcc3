// The log on the page: messages, quiet lines between them, and what vanishes again.

import { face, make, paint } from "./faces.js";
import { sentence } from "./sentences.js";

const MOST = 400; // entries on the page
const NEAR = 80; // pixels from the end that still count as reading along
const TOGETHER = 5 * 60_000; // milliseconds within which one person's messages are one block
const BADGES = { HOST: "HOST", ADMIN: "ADMIN", SUPERADMIN: "STAFF" };

export class Log {
  #list;
  #scroll;
  #newer;

  constructor({ list, scroll, newer }) {
    this.#list = list;
    this.#scroll = scroll;
    this.#newer = newer;
    newer.addEventListener("click", () => this.toEnd());
    scroll.addEventListener("scroll", () => this.isAtEnd && (newer.hidden = true));
    new ResizeObserver(() => this.#wasAtEnd && this.toEnd()).observe(scroll);
    scroll.addEventListener("scroll", () => (this.#wasAtEnd = this.isAtEnd));
  }

  #wasAtEnd = true;

  get first() {
    return Number(this.#list.firstElementChild?.dataset.seq ?? 0);
  }

  get isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroll;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  toEnd() {
    this.#scroll.scrollTop = this.#scroll.scrollHeight;
    this.#newer.hidden = true;
  }

  clear() {
    this.#list.replaceChildren();
  }

  // Puts a live entry at the end.
  add(entry) {
    const wasAtEnd = this.isAtEnd;
    const item = this.#item(entry, this.#list.lastElementChild);
    if (!item) return;
    item.classList.add("fresh");
    this.#list.append(item);
    if (wasAtEnd) {
      while (this.#list.childElementCount > MOST) this.#list.firstElementChild.remove();
      this.toEnd();
    } else if (entry.kind === "message") {
      this.#newer.hidden = false;
    }
  }

  // Puts older entries before what is there, and keeps what is read in its place.
  prepend(entries) {
    const height = this.#scroll.scrollHeight;
    const items = [];
    for (const entry of entries) {
      const item = this.#item(entry, items.at(-1));
      if (item) items.push(item);
    }
    this.#list.prepend(...items);
    this.#scroll.scrollTop += this.#scroll.scrollHeight - height;
  }

  // A line for this reader alone.
  whisper(text) {
    this.#list.append(make("li", "quiet whisper", text));
    this.toEnd();
  }

  find(seq) {
    return this.#list.querySelector(`[data-seq="${seq}"]`);
  }

  hide(seq) {
    this.find(seq)?.remove();
    this.#regroup();
  }

  hideAllOf(profileId) {
    for (const item of this.#list.querySelectorAll(`[data-by="${CSS.escape(profileId)}"]`))
      item.remove();
    this.#regroup();
  }

  #item(entry, before) {
    const isMessage = entry.kind === "message";
    if (isMessage && entry.data.hidden) return null;
    const item = isMessage ? message(entry) : quiet(entry);
    item.dataset.seq = entry.seq;
    item.dataset.at = Date.parse(entry.at);
    item.classList.toggle("on", goesOn(item, before));
    return item;
  }

  #regroup() {
    for (const item of this.#list.children)
      item.classList.toggle("on", goesOn(item, item.previousElementSibling));
  }
}

function goesOn(item, before) {
  if (!before?.dataset.by || item.dataset.by !== before.dataset.by) return false;
  return item.dataset.at - before.dataset.at < TOGETHER;
}

function message({ seq, at, actor, data }) {
  const name = actor.username ?? "somebody";
  const item = make("li", "message");
  item.dataset.by = actor.id;
  const head = make("p", "head");
  head.append(paint(make("strong", "name", name), name));
  if (actor.role in BADGES) head.append(make("span", `badge ${actor.role}`, BADGES[actor.role]));
  const time = make("time", "", clock(at));
  time.dateTime = at;
  head.append(time);
  const body = make("div", "body");
  body.append(head, make("p", "text", data.text));
  item.append(face(name), body, make("span", "seq", `#${seq}`));
  return item;
}

const quiet = (entry) => make("li", `quiet ${entry.kind}`, sentence(entry));

const clock = (at) =>
  new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
