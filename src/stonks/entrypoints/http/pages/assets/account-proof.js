// Proving again who one is, before anything changes about how one signs in.

import { ask } from "./account-door.js";
import { canUsePasskeys, show } from "./passkeys.js";
import { sentence } from "./account-words.js";

const find = (id) => document.getElementById(id);
const IS_CODE = /^\d{6}$/;

// Do something; where the server wants fresh proof, get it and do it again.
export async function withProof(action, hasPasskeys) {
  try {
    return await action();
  } catch (problem) {
    if (problem.code !== "fresh_proof_required") throw problem;
    await proof(hasPasskeys);
    return action();
  }
}

function proof(hasPasskeys) {
  const { promise, resolve, reject } = promised();
  const dialog = find("proving");
  let isGiven = false;
  const attempt = (prove) => async (event) => {
    event.preventDefault();
    find("proving-remark").textContent = "";
    try {
      await prove();
      isGiven = true;
      dialog.close();
    } catch (problem) {
      find("proving-remark").textContent = sentence(problem.message);
    }
  };
  find("prove-passkey").hidden = !(hasPasskeys && canUsePasskeys);
  find("prove-passkey").onclick = attempt(byPasskey);
  find("prove-password").onsubmit = attempt(bySecret);
  find("proving-remark").textContent = find("proof").value = "";
  dialog.onclose = () => (isGiven ? resolve() : reject(new Error("nothing was changed")));
  dialog.showModal();
  return promise;
}

async function byPasskey() {
  const { publicKey } = await ask("POST", "/auth/reauthenticate/passkey/start");
  const credential = await show(publicKey);
  await ask("POST", "/auth/reauthenticate/passkey/finish", { credential });
}

async function bySecret() {
  const secret = find("proof").value;
  await ask("POST", "/auth/reauthenticate", IS_CODE.test(secret) ? { code: secret } : { password: secret });
}

function promised() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}
