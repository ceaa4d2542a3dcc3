// Moderation in words: quiet lines between the messages.

const length = (seconds) => {
  const parts = [];
  let left = seconds;
  for (const [unit, size] of [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]]) {
    if (left >= size) parts.push(`${Math.floor(left / size)} ${unit}`);
    left %= size;
  }
  return parts.join(" ") || "0 s";
};

const because = ({ reason }) => (reason ? `: ${reason}` : "");

const ENDS = {
  suspended: () => "The stream is over",
  vanished: (who) => `The stream is over: ${who} was gone for too long`,
};

const SENTENCES = {
  message_hidden: (who) => `${who} removed a message`,
  messages_cleared: (who, data) => `${who} removed the messages of ${data.username}`,
  message_pinned: (who) => `${who} pinned a message`,
  message_unpinned: (who) => `${who} took the pinned message down`,
  member_muted: (who, data) => `${who} muted ${data.username}`,
  member_unmuted: (who, data) => `${who} let ${data.username} write again`,
  member_timed_out: (who, data) =>
    `${who} gave ${data.username} a break of ${length(data.seconds)}${because(data)}`,
  member_banned: (who, data) => `${who} banned ${data.username}${because(data)}`,
  member_unbanned: (who, data) => `${who} let ${data.username} in again`,
  admin_set: (who, data) => `${who} made ${data.username} an ADMIN`,
  admin_unset: (who, data) => `${data.username} is no longer ADMIN`,
  title_changed: (who, data) => `${who} called this “${data.title}”`,
  description_changed: (who) => `${who} wrote a new description`,
  slow_mode_changed: (who, data) =>
    data.seconds ? `Slow mode: one message each ${length(data.seconds)}` : "Slow mode is off",
  followers_mode_changed: (who, data) =>
    data.seconds === null ? "Everybody may write again" : "Only followers may write now",
  channel_suspended: (who, data) => `This channel is suspended${because(data)}`,
  channel_unsuspended: () => "This channel is open again",
  stream_started: (who, data) => `${who} went live: “${data.title}”`,
  stream_ended: (who, data) => ENDS[data.reason]?.(who) ?? `${who} ended the stream`,
  member_joined: (who) => `${who} joined`,
  member_left: (who) => `${who} left`,
  members_counted: (who, { count }) => (count === 1 ? "1 person is here" : `${count} people are here`),
};

export const spell = length;

// What an entry that is no message says; a kind that is newer than this page says little.
export function sentence({ kind, actor, data }) {
  const who = actor.username ?? "somebody";
  return SENTENCES[kind]?.(who, data) ?? `${who}: ${kind.replaceAll("_", " ")}`;
}
