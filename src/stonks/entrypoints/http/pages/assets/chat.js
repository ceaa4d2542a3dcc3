// The live chat of one channel: what happens in its log is done to the page.

import { history } from "./api.js";
import { Following } from "./following.js";
import { Inbox } from "./inbox.js";
import { Joining } from "./joining.js";
import { Log } from "./log.js";
import { Person } from "./person.js";
import { Seat } from "./seat.js";
import * as around from "./surroundings.js";
import { Writing } from "./writing.js";

const PAGE = 50;
const find = (id) => document.getElementById(id);
const { slug, room } = find("house").dataset;

const person = new Person();
const seat = new Seat(slug, room, person);
const log = new Log({ list: find("log"), scroll: find("scroll"), newer: find("newer") });
const joining = new Joining(person);
const following = new Following(person);
const inbox = new Inbox();
const writing = new Writing({ seat, log, person, join: () => joining.open() });

const ON_AIR = {
  stream_started: ({ at, data }) => around.showStream({ since: at, title: data.title }),
  stream_ended: () => around.showStream(null),
};

const EFFECTS = {
  ...ON_AIR,
  message: ({ actor }) => around.stopTyping(actor.username),
  message_hidden: ({ data }) => log.hide(data.seq),
  messages_cleared: ({ data }) => log.hideAllOf(data.profileId),
  member_banned: ({ data }) => log.hideAllOf(data.profileId),
  member_unbanned: () => read(),
  message_pinned: ({ data }) => pin(data.seq),
  message_unpinned: () => around.showPinned(null),
  title_changed: ({ data }) => around.showTitle(data.title),
  description_changed: ({ data }) => data.description && around.showDescription(data.description),
  slow_mode_changed: ({ data }) => around.showSlow(data.seconds),
  followers_mode_changed: ({ data }) => around.showFollowers(data.seconds),
  admin_set: ({ data }) => data.profileId === person.profile?.id && showMe("ADMIN"),
  admin_unset: ({ data }) => data.profileId === person.profile?.id && showMe("member"),
};

// The newest page of the log, in place of whatever is shown.
async function read() {
  const { items, nextCursor } = await history(slug, `limit=${PAGE}`);
  log.clear();
  log.prepend(items);
  log.toEnd();
  for (const entry of items) ON_AIR[entry.kind]?.(entry); // since the page was made
  find("earlier").hidden = nextCursor === null;
  return items.at(-1)?.seq ?? 0;
}

async function readEarlier() {
  const { items, nextCursor } = await history(slug, `before=${log.first}&limit=${PAGE}`);
  log.prepend(items);
  find("earlier").hidden = nextCursor === null;
}

async function pin(seq) {
  const { items } = await history(slug, `after=${seq - 1}&limit=1`);
  around.showPinned(items[0]);
}

function happened({ detail: entry }) {
  log.add(entry);
  EFFECTS[entry.kind]?.(entry);
  if (log.first > 1) find("earlier").hidden = false;
}

function showMe(role = person.role) {
  person.role = role;
  around.showPerson(person, role);
}

function personChanged() {
  showMe();
  following.look();
  inbox.look(person.isSignedIn);
}

function signedOut(why) {
  person.forget();
  personChanged();
  writing.remark(why);
}

function over({ why }) {
  if (why === "closed") {
    around.showState("over");
    writing.remark("This channel is closed.");
    return;
  }
  signedOut("You are banned from this chat. You may still read it.");
  seat.personChanged();
}

const HEARD = {
  state: (state) => around.showState(state),
  subscribed: (frame) => {
    showMe(frame.you.role);
    around.showSlow(frame.slowSeconds);
    around.showFollowers(frame.followersSeconds);
    around.showPinned(frame.pinned);
  },
  authenticated: async ({ profileId }) => {
    if (person.profile?.id === profileId) return;
    await person.recognise(); // by another tab
    personChanged();
  },
  viewers: ({ count }) => around.showViewers(count),
  typing: ({ username }) => username !== person.profile?.username && around.showTyping(username),
  notification: ({ notification }) => inbox.hear(notification),
  error: ({ detail }) => writing.remark(detail),
  over,
  signedout: () => signedOut("Your session has ended. Log in again to write."),
};

for (const [type, act] of Object.entries(HEARD))
  seat.addEventListener(type, ({ detail }) => act(detail));
seat.addEventListener("entry", happened);

joining.addEventListener("joined", () => {
  personChanged();
  seat.personChanged();
  writing.goOn();
});
find("enter").onclick = () => joining.open();
find("leave").onclick = async () => {
  await person.logOut();
  personChanged();
  seat.personChanged();
};
find("earlier").onclick = readEarlier;

around.paintFaces();
around.showStreamAsServed();
await person.recognise();
personChanged();
seat.after = await read().catch(() => null);
seat.open();
