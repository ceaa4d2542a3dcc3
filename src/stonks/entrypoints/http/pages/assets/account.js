// One's own account: sign in, with a passkey or without, keep passkeys, and choose how to be told.

import { ask, csrfToken } from "./account-door.js";
import { showPasskeys } from "./account-list.js";
import { withProof } from "./account-proof.js";
import { sentence } from "./account-words.js";
import { broughtBack, exchange, showPlaces } from "./elsewhere.js";
import { face, make } from "./faces.js";
import { Inbox } from "./inbox.js";
import { canUsePasskeys, make as makePasskey, show as showPasskey } from "./passkeys.js";
import { showTelling } from "./telling.js";

const find = (id) => document.getElementById(id);
const PARTS = ["entering", "half", "keeping"];
const inbox = new Inbox();
const goal = location.hash; // it is taken out of the address
let passkeys = [];
let half = null;

function open(part) {
  const isFirst = PARTS.every((id) => find(id).hidden);
  for (const id of PARTS) find(id).hidden = id !== part;
  find("telling").hidden = part !== "keeping";
  if (!isFirst) find(`${part}-title`).focus(); // where people who listen go on
}

// Let a button or a form do something, once at a time, and say what went wrong.
function doing(element, remark, action) {
  const event = element instanceof HTMLFormElement ? "onsubmit" : "onclick";
  const button = element.querySelector?.("button:not([type=button])") ?? element;
  element[event] = async (happened) => {
    happened.preventDefault();
    await told(remark, button, action);
  };
}

async function told(remark, button, action) {
  find(remark).textContent = find("done").textContent = "";
  button.disabled = true;
  try {
    await action();
  } catch (problem) {
    if (problem.status === 401 && !find("keeping").hidden) return leave();
    find(remark).textContent = sentence(problem.message);
  } finally {
    button.disabled = false;
  }
}

async function arrive(answer) {
  if (answer.mfaRequired) return wait(answer);
  half = null;
  if (!csrfToken()) throw new Error("this browser keeps nobody signed in: it takes HTTPS, and cookies");
  const profile = answer.profile ?? (await ask("GET", "/profiles/me"));
  find("me").replaceChildren(face(profile.username), make("span", "username", profile.username));
  find("me").hidden = find("leave").hidden = false;
  find("prover").value = profile.username; // so that password managers know whose it is
  await refresh();
  await Promise.all([inbox.look(true), told("telling-remark", find("push"), showTelling)]);
  open("keeping");
  if (goal === "#telling") find("telling-title").focus();
}

function wait(answer) {
  half = answer;
  const has = (way) => answer.ways.includes(way);
  find("half-passkey").hidden = !(has("passkey") && canUsePasskeys);
  find("half-code").hidden = !(has("totp") || has("recovery_code"));
  open("half");
}

function leave() {
  passkeys = [];
  find("me").hidden = find("leave").hidden = true;
  inbox.look(false);
  open("entering");
}

async function refresh() {
  ({ items: passkeys } = await ask("GET", "/profiles/me/passkeys"));
  showPasskeys(passkeys, { remove, ask: askForIt });
}

const proven = (action) => withProof(action, passkeys.length > 0);
const address = ({ id }) => `/profiles/me/passkeys/${id}`;

function changing(action, done) {
  return told("keeping-remark", find("add"), async () => {
    try {
      await proven(action);
      find("done").textContent = done;
    } finally {
      await refresh();
    }
  });
}

const remove = (passkey) =>
  changing(() => ask("DELETE", address(passkey)), `${passkey.name} is removed.`);

const askForIt = (passkey, secondFactor) =>
  changing(
    () => ask("PATCH", address(passkey), { secondFactor }),
    secondFactor ? "A password alone lets nobody in any more." : "A password is enough again.",
  );

doing(find("by-passkey"), "entering-remark", async () => {
  const { publicKey } = await ask("POST", "/auth/passkey/start", {});
  const credential = await showPasskey(publicKey);
  await arrive(await ask("POST", "/auth/passkey/finish", { credential }));
});

doing(find("by-password"), "entering-remark", async () => {
  const { login, password } = find("by-password").elements;
  const answer = await ask("POST", "/auth/login", {
    login: login.value.trim(),
    password: password.value,
  });
  password.value = "";
  await arrive(answer);
});

doing(find("half-passkey"), "half-remark", async () => {
  const { mfaToken } = half;
  const { publicKey } = await ask("POST", "/auth/login/passkey/start", { mfaToken });
  const credential = await showPasskey(publicKey);
  await arrive(await ask("POST", "/auth/login/passkey/finish", { mfaToken, credential }));
});

doing(find("half-code"), "half-remark", async () => {
  const code = find("code").value.trim();
  find("code").value = "";
  await arrive(await ask("POST", "/auth/login/2fa", { mfaToken: half.mfaToken, code }));
});

find("half-back").onclick = () => open("entering");

doing(find("adding"), "keeping-remark", async () => {
  const name = find("name").value.trim();
  const { publicKey } = await proven(() => ask("POST", "/profiles/me/passkeys/start"));
  const credential = await makePasskey(publicKey);
  const added = await ask("POST", "/profiles/me/passkeys", name ? { name, credential } : { credential });
  find("name").value = "";
  find("done").textContent = `${added.name} is added: next time it lets you in.`;
  await refresh();
});

doing(find("leave"), "keeping-remark", async () => {
  await ask("POST", "/auth/logout", {});
  leave();
});

find("by-passkey").disabled = !canUsePasskeys;
find("add").disabled = !canUsePasskeys;
if (!canUsePasskeys) find("entering-remark").textContent = "This browser knows no passkeys.";
showPlaces(find("elsewhere"));
const { code, reason } = broughtBack();
if (csrfToken() && !code) arrive({}).catch(() => open("entering"));
else open("entering");
if (code) told("entering-remark", find("by-password"), async () => arrive(await exchange(code)));
if (reason) find("entering-remark").textContent = sentence(reason);
