// Requests of somebody whose session is in a cookie that no script can read.

import { ask as askAs } from "./api.js";

export { csrfToken } from "./api.js";

export const ask = (method, path, body) =>
  askAs(method, path, { body, headers: { "Stonks-Session": "cookie" } });
