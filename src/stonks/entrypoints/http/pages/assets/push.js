// Pushes to this browser: whether there can be any, whether there are, and turning them on and off.

import { ask } from "./account-door.js";

const PATH = "/notifications/push-subscriptions";
const DENIED =
  "this browser does not let Stonks show notifications: allow them in its settings for this site";
const NO_SERVICE =
  "this browser’s push service did not answer: some browsers have none, or turn it off by default";
const LONGEST = 20_000; // milliseconds; some browsers never answer

export const canPush =
  "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
export const isDenied = () => canPush && Notification.permission === "denied";
export const devices = async () => (await ask("GET", PATH)).items;
export const forget = ({ id }) => ask("DELETE", `${PATH}/${id}`);

// Asks for permission, so somebody must have pressed something.
export async function turnOn() {
  if ((await Notification.requestPermission()) !== "granted") throw new Error(DENIED);
  await register();
}

export async function turnOff(registered) {
  const subscription = await current();
  await subscription?.unsubscribe();
  for (const device of registered) if (device.current) await forget(device);
}

// Whether this browser takes pushes. Mends what has come apart since they were turned on: another
// key of the server, a registration that the browser gave up, a permission that was taken back.
export async function isOn(registered) {
  const isKnown = registered.some((device) => device.current);
  if (!canPush || !isKnown) return false;
  if (Notification.permission !== "granted") {
    await turnOff(registered);
    return false;
  }
  const { key } = await ask("GET", "/notifications/push-key");
  if (!isUnder(await current(), key)) await register();
  return true;
}

async function register() {
  const { key } = await ask("GET", "/notifications/push-key");
  await navigator.serviceWorker.register("/sw.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  const old = await pushManager.getSubscription();
  if (old && !isUnder(old, key)) await old.unsubscribe();
  const options = { userVisibleOnly: true, applicationServerKey: key };
  const subscription = await Promise.race([pushManager.subscribe(options), patience()]).catch(() => {
    throw new Error(NO_SERVICE);
  });
  await ask("POST", PATH, subscription.toJSON());
}

const patience = () => new Promise((_, reject) => setTimeout(reject, LONGEST));

async function current() {
  const registration = await navigator.serviceWorker.getRegistration("/");
  return registration?.pushManager.getSubscription() ?? null;
}

function isUnder(subscription, key) {
  const bytes = new Uint8Array(subscription?.options.applicationServerKey ?? []);
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "") === key;
}
