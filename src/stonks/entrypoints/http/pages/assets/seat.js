// A place in a channel's chat that outlives its connections: each entry once, in order, and what
// was not answered is sent again under the same nonce.

const OVER = { 1000: "closed", 4003: "banned" };
const LONGEST_WAIT = 15_000;
const SUSPENDED = 4010;
const SESSION_ENDED = 4001;
const QUIET = 20_000; // milliseconds after which the connection is asked whether it lives
const DEAF = 10_000;

export class Seat extends EventTarget {
  #socket = null;
  #slug;
  #room;
  #person;
  #unanswered = new Map();
  #failures = 0;
  #timer = 0;
  #heardAt = 0;
  #isReady = false;
  #isKnown = false;
  #isNobody = false;

  constructor(slug, room, person) {
    super();
    this.#slug = slug;
    this.#room = room;
    this.#person = person;
    this.after = null;
    setInterval(() => this.#check(), 5_000);
    addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
  }

  open() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#tell("state", this.#failures ? "reconnecting" : "connecting");
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const query = new URLSearchParams();
    if (this.after !== null) query.set("after", this.after);
    if (this.#isNobody) query.set("anonymous", "1");
    const address = `${scheme}://${location.host}/ws/channels/${encodeURIComponent(this.#slug)}`;
    const socket = (this.#socket = new WebSocket(`${address}?${query}`));
    this.#isKnown = false;
    this.#heardAt = Date.now();
    socket.onmessage = ({ data }) => socket === this.#socket && this.#hear(JSON.parse(data));
    socket.onclose = ({ code, reason }) => socket === this.#socket && this.#lost(code, reason);
  }

  // Writes a line. Resolves with its `ack` or `result`; rejects with its `error`.
  say(text) {
    const nonce = [...crypto.getRandomValues(new Uint8Array(8))]
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("");
    return new Promise((resolve, reject) => {
      this.#unanswered.set(nonce, { text, resolve, reject });
      if (this.#isReady) this.#write(nonce, text);
    });
  }

  startTyping() {
    if (this.#isReady) this.#send({ type: "typing", room: this.#room });
  }

  // Whoever it is now gets a connection of their own: its cookie is shown when it opens.
  personChanged() {
    this.#isNobody = !this.#person.isSignedIn;
    this.#failures = 0;
    this.#drop();
    this.open();
  }

  #hear(frame) {
    this.#heardAt = Date.now();
    if (frame.type === "entry") {
      if (this.after !== null && frame.seq <= this.after) return;
      this.after = frame.seq;
    }
    if (frame.type === "subscribed") {
      this.#failures = 0;
      this.after ??= frame.seq;
      this.#tell("state", "live");
      if (this.#person.isSignedIn && !this.#isKnown) this.#tell("signedout");
      this.#ready();
    }
    if (frame.type === "authenticated") this.#isKnown = true;
    if (frame.nonce && this.#settle(frame)) return;
    this.#tell(frame.type, frame);
  }

  #settle(frame) {
    const waiting = this.#unanswered.get(frame.nonce);
    if (!waiting) return false;
    this.#unanswered.delete(frame.nonce);
    if (frame.type === "error") waiting.reject(frame);
    else waiting.resolve(frame);
    return true;
  }

  #ready() {
    this.#isReady = true;
    for (const [nonce, { text }] of this.#unanswered) this.#write(nonce, text);
  }

  #write(nonce, text) {
    this.#send({ type: "send", room: this.#room, text, nonce });
  }

  #send(frame) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #lost(code, reason) {
    this.#socket = null;
    this.#isReady = false;
    if (code === SESSION_ENDED) this.#person.forget();
    if (code in OVER) {
      this.#tell("over", { why: OVER[code], reason });
      return;
    }
    if (code === SUSPENDED) this.#failures = 6;
    const longest = Math.min(LONGEST_WAIT, 500 * 2 ** this.#failures++);
    this.#timer = setTimeout(() => this.open(), 100 + Math.random() * longest);
    const state = code === SUSPENDED ? "suspended" : "reconnecting";
    this.#tell("state", state);
    if (code === SESSION_ENDED) this.#tell("signedout", reason);
  }

  #drop() {
    const socket = this.#socket;
    this.#socket = null;
    this.#isReady = false;
    socket?.close();
  }

  #hurry() {
    if (this.#timer) this.open();
  }

  #check() {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    const silence = Date.now() - this.#heardAt;
    if (silence > QUIET + DEAF) {
      this.#drop();
      this.#lost(1006, "");
    } else if (silence > QUIET) {
      this.#send({ type: "ping" });
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
