// What a link by mail leads to: its token is shown to the server when somebody presses the button.

import { ask } from "./account-door.js";

const token = new URLSearchParams(location.hash.slice(1)).get("token");
const said = new Map(); // what earlier steps answered

function show(id) {
  for (const step of document.querySelectorAll(".letter > .card")) step.hidden = step.id !== id;
  document.querySelector(`#${id} :is(input, button, a)`)?.focus();
}

function typed(form) {
  const fields = [...new FormData(form)].filter(([, value]) => value !== "");
  if (form.id === "follow") fields.push(["token", token]);
  if (form.id === "half") fields.push(["mfaToken", said.get("mfaToken")]);
  return Object.fromEntries(fields);
}

function sentence({ message, errors }) {
  const [[field, reasons] = []] = Object.entries(errors ?? {});
  const words = field ? `${field} ${reasons.join("; ")}` : message;
  return `${words[0].toUpperCase()}${words.slice(1)}.`;
}

async function go(form) {
  const button = form.querySelector("button");
  const remark = form.querySelector(".remark");
  button.disabled = true;
  remark.textContent = "";
  try {
    const answer = await ask("POST", form.dataset.path, typed(form));
    said.set("mfaToken", answer.mfaToken);
    show(answer.mfaRequired ? "half" : form.dataset.then);
  } catch (problem) {
    remark.textContent = sentence(problem);
  } finally {
    button.disabled = false;
  }
}

for (const form of document.querySelectorAll("form.card")) {
  form.onsubmit = (event) => {
    event.preventDefault();
    go(form);
  };
}
if (token) history.replaceState(null, "", location.pathname); // it need not stay in the history
addEventListener("hashchange", () => location.reload()); // another link in the same tab
show(token ? "follow" : "ask");
