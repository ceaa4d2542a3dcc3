// What people are told, in words. What is newer than this page says little.

const followed = ({ count, followers }) => {
  const more = count - followers.length;
  const names = more > 0 ? [...followers, more === 1 ? "1 other" : `${more} others`] : followers;
  const all = names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0];
  return `${all} ${count === 1 ? "follows" : "follow"} you now`;
};

const WORDS = {
  stream_started: ({ host, hostName, title, channel }) => ({
    who: host,
    title: `${hostName || host} is live`,
    body: title,
    path: `/c/${channel}`,
  }),
  new_follower: (data) => ({ who: data.followers[0], title: followed(data) }),
  webhook_disabled: ({ channel, url, reason }) => ({
    who: channel,
    title: `A webhook of ${channel} was disabled`,
    body: `${url}: ${reason}`,
    path: `/c/${channel}`,
  }),
};

export function words({ type, data }) {
  return WORDS[type]?.(data) ?? { who: "?", title: type.replaceAll("_", " ") };
}

const STEPS = [["day", 86_400], ["hour", 3_600], ["minute", 60]];
const near = new Intl.RelativeTimeFormat(undefined, { numeric: "auto", style: "short" });
const far = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

export function ago(at) {
  const seconds = (Date.now() - Date.parse(at)) / 1000;
  if (seconds > 7 * 86_400) return far.format(new Date(at));
  const [unit, size] = STEPS.find(([, length]) => seconds >= length) ?? [];
  return unit ? near.format(-Math.floor(seconds / size), unit) : "just now";
}
