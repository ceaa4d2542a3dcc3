// Shows what is pushed, also while no page is open, and opens what it is about.

const ICON = "/assets/icon-192.png";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => event.waitUntil(show(read(event.data))));

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.address));
});

// Browsers want each push to show something, so one that cannot be read does as well.
function read(data) {
  try {
    const said = data.json();
    return { ...said, title: said.title || "Stonks" };
  } catch {
    return { title: "Stonks", body: "Something new is in your inbox." };
  }
}

// The same notification again takes the place of the one before, as a group does that grows.
function show({ id, title, body, url, at }) {
  return self.registration.showNotification(title, {
    body,
    icon: ICON,
    badge: ICON,
    tag: id ?? "stonks",
    timestamp: Date.parse(at) || Date.now(),
    data: { address: here(url) },
  });
}

// Never another place than this one.
function here(url) {
  try {
    const { pathname, search } = new URL(url ?? "/", self.location.origin);
    return new URL(pathname.replace(/^\/+/, "/") + search, self.location.origin).href;
  } catch {
    return `${self.location.origin}/`;
  }
}

async function open(address) {
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find(({ url }) => url.split("#")[0] === address);
  return there ? there.focus() : self.clients.openWindow(address);
}
