// What stands around the log: title, chips, the pinned message, who is typing.

import { face, make } from "./faces.js";
import { spell } from "./sentences.js";

const find = (id) => document.getElementById(id);
const STATES = {
  connecting: "connecting",
  live: "connected",
  reconnecting: "reconnecting",
  suspended: "suspended",
  over: "closed",
};

export function showState(state) {
  find("state").dataset.state = state;
  find("state").textContent = STATES[state];
}

export function showViewers(count) {
  find("viewers").hidden = false;
  find("viewers").textContent = count === 1 ? "1 watching" : `${count.toLocaleString()} watching`;
}

export function showSlow(seconds) {
  find("slow").hidden = !seconds;
  find("slow").textContent = seconds ? `slow: ${spell(seconds)}` : "";
}

export function showFollowers(seconds) {
  find("followers").hidden = seconds === null;
  find("followers").textContent = seconds ? `followers of ${spell(seconds)}` : "followers only";
}

export function showTitle(title) {
  find("title").textContent = title;
  document.title = `${title} · Stonks`;
}

// The stream that is live, or none; its title where that is not the channel's own.
export function showStream(stream) {
  find("on-air").hidden = !stream;
  find("stream").hidden = !stream || stream.title === find("title").textContent;
  find("stream-title").textContent = stream?.title ?? "";
  find("since").textContent = stream ? since(new Date(stream.since)) : "";
  find("since").dateTime = stream?.since ?? "";
  const here = document.querySelector(".neighbours [aria-current] .on-air");
  if (here) here.hidden = !stream;
}

// What the page came with.
export function showStreamAsServed() {
  const { since, title } = find("on-air").dataset;
  if (since) showStream({ since, title });
}

function since(began) {
  const time = { hour: "2-digit", minute: "2-digit" };
  const isToday = began.toDateString() === new Date().toDateString();
  return began.toLocaleString([], isToday ? time : { weekday: "short", ...time });
}

export function showDescription(text) {
  find("description").textContent = text;
}

export function showPinned(entry) {
  const isThere = Boolean(entry && !entry.data.hidden);
  find("pinned").hidden = !isThere;
  find("pinned").dataset.seq = isThere ? entry.seq : "";
  find("pinned-by").textContent = isThere ? (entry.actor.username ?? "") : "";
  find("pinned-text").textContent = isThere ? entry.data.text : "";
}

export function showPerson(person, role) {
  find("enter").hidden = person.isSignedIn;
  find("leave").hidden = find("me").hidden = !person.isSignedIn;
  find("me").replaceChildren();
  document.body.classList.toggle("moderates", ["ADMIN", "HOST", "SUPERADMIN"].includes(role));
  if (!person.isSignedIn) return;
  const { username } = person.profile;
  find("me").append(face(username), make("span", "username", username));
  if (role && role !== "member") find("me").append(make("span", `badge ${role}`, role));
}

export function paintFaces() {
  for (const place of document.querySelectorAll("[data-face]"))
    place.replaceWith(face(place.dataset.face));
}

const typing = new Map();

export function showTyping(username) {
  clearTimeout(typing.get(username));
  typing.set(username, setTimeout(() => stopTyping(username), 4_000));
  writeTyping();
}

export function stopTyping(username) {
  clearTimeout(typing.get(username));
  if (typing.delete(username)) writeTyping();
}

function writeTyping() {
  const names = [...typing.keys()];
  const who = names.length > 2 ? "Several people" : names.join(" and ");
  find("typing").textContent = names.length ? `${who} ${names.length > 1 ? "are" : "is"} typing` : "";
}
