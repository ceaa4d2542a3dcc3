// One's passkeys as a list, each with what can be done to it.

import { make } from "./faces.js";

const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

export function showPasskeys(items, { remove, ask }) {
  document.getElementById("passkeys").replaceChildren(...items.map((one) => row(one, remove, ask)));
  document.getElementById("passkeys").hidden = items.length === 0;
  document.getElementById("none").hidden = items.length > 0;
}

function row(passkey, remove, ask) {
  const item = make("li", "passkey");
  const about = make("div");
  const title = make("h2", "", passkey.name);
  if (passkey.backedUp) title.append(make("span", "chip", "synced"));
  about.append(title, make("p", "", when(passkey)));
  const button = make("button", "plain remove", "Remove");
  button.setAttribute("aria-label", `Remove ${passkey.name}`);
  button.onclick = () => remove(passkey);
  item.append(about, button, choice(passkey, ask));
  return item;
}

function choice(passkey, ask) {
  const label = make("label");
  const box = make("input");
  box.type = "checkbox";
  box.checked = passkey.secondFactor;
  box.onchange = () => ask(passkey, box.checked);
  label.append(box, make("span", "", "Ask for it after my password, too"));
  return label;
}

function when({ createdAt, usedAt }) {
  const used = usedAt ? `last used ${day.format(new Date(usedAt))}` : "never used";
  return `Added ${day.format(new Date(createdAt))} · ${used}`;
}
