// What the page asks of the server.

const TIMEOUT = 20_000;

/** A call that failed. `detail` is the server's own sentence, if it sent one; `retryAfter` is in seconds. */
export class CallFailed extends Error {
  constructor(status, detail = "", retryAfter = null) {
    super(detail || `status ${status}`);
    this.status = status;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }
}

async function post(path, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT);
  let answer;
  try {
    answer = await fetch(`/api/v1${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      credentials: "same-origin",
      body: JSON.stringify(body),
      signal: stop.signal,
    });
  } catch {
    throw new CallFailed(0);
  } finally {
    clearTimeout(timer);
  }
  const data = await answer.json().catch(() => ({}));
  if (answer.ok) return data;
  const wait = Number(data.retry_after ?? answer.headers.get("Retry-After"));
  throw new CallFailed(answer.status, typeof data.detail === "string" ? data.detail : "", wait > 0 ? wait : null);
}

export const startConversation = (language) => post("/conversations", { language });
export const sendMessage = (clientId, text, language) => post("/messages", { client_id: clientId, text, language });
export const saveLanguage = (language) => post("/language", { language });

/** A random UUID, also where the page is not served over HTTPS. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
