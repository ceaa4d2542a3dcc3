// The bell, and the panel behind it, as they stand on the page.

import { face, make } from "./faces.js";
import { ago, words } from "./notices.js";

const MOST = 99;
const find = (id) => document.getElementById(id);

export class Panel {
  onopen = () => {};
  onall = () => {};
  onearlier = () => {};
  #new = new Set(); // what was unread when the panel was opened, or came since

  constructor() {
    find("inbox").addEventListener("toggle", ({ newState }) => this.#toggled(newState === "open"));
    find("inbox").onclick = ({ target }) => target.closest("a") && find("inbox").hidePopover();
    find("inbox-all").onclick = () => this.onall();
    find("inbox-earlier").onclick = () => this.#earlier();
  }

  get isOpen() {
    return find("inbox").matches(":popover-open");
  }

  offer(isThere) {
    find("inbox-bell").hidden = !isThere;
    if (!isThere && this.isOpen) find("inbox").hidePopover();
  }

  // For those who listen.
  say(notification) {
    const { title, body } = words(notification);
    find("inbox-said").textContent = body ? `${title}: ${body}` : title;
  }

  remark(text) {
    find("inbox-remark").textContent = text && `${text[0].toUpperCase()}${text.slice(1)}.`;
  }

  show(items, unread, hasMore) {
    find("inbox-count").hidden = unread === 0;
    find("inbox-count").textContent = unread > MOST ? `${MOST}+` : unread;
    find("inbox-bell").ariaLabel = unread ? `Notifications, ${unread} unread` : "Notifications";
    if (!this.isOpen) return;
    const shown = items.filter(({ readAt }) => readAt === null); // soon read
    for (const { id } of shown) this.#new.add(id);
    this.#list(items);
    find("inbox-none").hidden = items.length > 0;
    find("inbox-earlier").hidden = !hasMore;
    find("inbox-all").hidden = unread <= shown.length;
  }

  // Whoever went through it by keyboard keeps their place.
  #list(items) {
    const place = document.activeElement?.closest?.("#inbox-list li")?.dataset.id;
    find("inbox-list").replaceChildren(...items.map((item) => row(item, this.#new.has(item.id))));
    if (place) find("inbox-list").querySelector(`[data-id="${place}"] .told`)?.focus();
  }

  #toggled(isOpen) {
    if (isOpen) this.onopen();
    else this.#new.clear();
  }

  async #earlier() {
    const before = find("inbox-list").childElementCount;
    await this.onearlier();
    find("inbox-list").children[before]?.querySelector(".told")?.focus();
  }
}

function row(notification, isNew) {
  const { who, title, body, path } = words(notification);
  const item = make("li", isNew ? "new" : "");
  item.dataset.id = notification.id;
  const told = make(path ? "a" : "div", "told");
  if (path) told.href = path;
  else told.tabIndex = -1;
  const text = make("div");
  text.append(make("strong", "", title));
  if (body) text.append(make("span", "about", body));
  const time = make("time", "", ago(notification.at));
  time.dateTime = notification.at;
  time.title = new Date(notification.at).toLocaleString();
  text.append(time);
  if (isNew) text.append(make("span", "sr", "new"));
  told.append(face(who), text);
  item.append(told);
  return item;
}
