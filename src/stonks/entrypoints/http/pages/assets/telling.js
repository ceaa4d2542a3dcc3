// By which ways one is told of what, and which browsers take pushes.

import { ask } from "./account-door.js";
import { sentence } from "./account-words.js";
import { make } from "./faces.js";
import { canPush, devices, forget, isDenied, isOn, turnOff, turnOn } from "./push.js";

const find = (id) => document.getElementById(id);
const KINDS = {
  stream_started: "Somebody you follow goes live",
  new_follower: "Somebody follows you",
  webhook_disabled: "A webhook of yours is disabled",
};
const WAYS = { inApp: "Live on pages", push: "Push", email: "Mail" };
const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });
let registered = [];
let isHere = false;

export async function showTelling() {
  const holding = await ask("GET", "/notifications/preferences");
  showPreferences(holding);
  find("pushing").hidden = !Object.values(holding).some((ways) => "push" in ways);
  if (!find("pushing").hidden) await showPushing();
}

function showPreferences(holding) {
  const kinds = Object.keys(holding);
  const ways = Object.keys(holding[kinds[0]]);
  const head = make("tr");
  head.append(make("td"));
  for (const way of ways) head.append(column(WAYS[way] ?? way));
  find("preferences-head").replaceChildren(head);
  find("preferences").replaceChildren(...kinds.map((kind) => line(kind, holding[kind])));
}

function column(text) {
  const cell = make("th", "", text);
  cell.scope = "col";
  return cell;
}

function line(kind, ways) {
  const what = make("th", "", KINDS[kind] ?? kind.replaceAll("_", " "));
  what.scope = "row";
  const cells = Object.entries(ways).map(([way, isWanted]) => {
    const cell = make("td");
    cell.append(lever(kind, way, isWanted, `${what.textContent}: ${WAYS[way] ?? way}`));
    return cell;
  });
  const row = make("tr");
  row.append(what, ...cells);
  return row;
}

function lever(kind, way, isWanted, name) {
  const box = make("input", "lever");
  box.type = "checkbox";
  box.role = "switch";
  box.checked = isWanted;
  box.ariaLabel = name;
  box.name = `${kind}.${way}`;
  box.onchange = () => change(box, kind, way);
  return box;
}

async function change(box, kind, way) {
  const isWanted = box.checked;
  say("");
  try {
    const holding = await ask("PUT", "/notifications/preferences", { [kind]: { [way]: isWanted } });
    box.checked = holding[kind][way];
    say("Saved.");
  } catch (problem) {
    box.checked = !isWanted;
    refuse(problem);
  }
}

async function showPushing() {
  registered = await devices();
  isHere = await isOn(registered).catch(() => false);
  registered = await devices(); // mending may have changed them
  find("push").hidden = !canPush;
  find("push").textContent = isHere ? "Turn off" : "Turn on";
  find("push").classList.toggle("second", isHere);
  find("push-state").textContent = state();
  find("devices").replaceChildren(...registered.map(device));
  find("devices").hidden = registered.length === 0;
}

function state() {
  if (!canPush) return "This browser cannot take pushes, or not at this address: they take HTTPS.";
  if (isHere) return "This device is told, also while no page of Stonks is open.";
  if (isDenied()) return "This browser does not let Stonks show notifications. Allow them in its settings for this site first.";
  return "Be told on this device while no page of Stonks is open.";
}

function device(one) {
  const item = make("li", "passkey");
  const about = make("div");
  const title = make("h3", "", one.device);
  if (one.current) title.append(make("span", "chip", "this device"));
  const used = one.usedAt ? `last pushed to ${day.format(new Date(one.usedAt))}` : "nothing pushed yet";
  about.append(title, make("p", "", `Since ${day.format(new Date(one.createdAt))} · ${used}`));
  item.append(about);
  if (one.current) return item;
  const button = make("button", "plain remove", "Remove");
  button.ariaLabel = `Send no more pushes to ${one.device}`;
  button.onclick = () => doing(button, () => forget(one), `${one.device} gets no more pushes.`);
  item.append(button);
  return item;
}

async function doing(button, action, done) {
  say("One moment…");
  button.disabled = true;
  try {
    await action();
    await showPushing();
    say(done);
  } catch (problem) {
    await showPushing().catch(() => {});
    refuse(problem);
  } finally {
    button.disabled = false;
  }
}

function say(text) {
  find("telling-remark").textContent = "";
  find("telling-done").textContent = text;
}

function refuse({ message }) {
  find("telling-remark").textContent = sentence(message);
}

find("push").onclick = () =>
  isHere
    ? doing(find("push"), () => turnOff(registered), "This device gets no more pushes.")
    : doing(find("push"), turnOn, "This device gets pushes from now on.");
