// A phone on this page: sends texts to the simulator's address and shows what comes back.

import { byId, el, show, withLinks } from "../chat/dom.js";
import { loadWords, t } from "../chat/words.js";
import { measure } from "./segments.js";

const EVERY = 1_000;
const EVERY_IN_TROUBLE = 4_000;
const FULL_NUMBER = /^\+[1-9]\d{7,14}$/;

const texts = byId("texts");
const body = byId("body");
const shown = new Map();
let phone = new URL(location.href).searchParams.get("phone") ?? "";
let after = 0;
let sending = false;

function useNumber(number) {
  phone = number;
  after = 0;
  shown.clear();
  texts.replaceChildren();
  show(byId("empty"), true);
  byId("number").value = number;
  byId("shown-number").textContent = number;
  const address = new URL(location.href);
  address.searchParams.set("phone", number);
  history.replaceState(null, "", address);
}

function size(text) {
  const { characters, segments, unicode } = measure(text);
  const count = segments === 1 ? t("phone_segment") : t("phone_segments", { count: segments });
  return t("phone_count", { characters, segments: count }) + (unicode ? ` (${t("phone_unicode")})` : "");
}

function draw(text) {
  const time = text.at ? new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(new Date(text.at)) : "";
  const status = text.direction === "out" && text.status ? t(`phone_status_${text.status}`) : "";
  const detail = [time, size(text.body), status].filter((part) => part !== "").join(" · ");
  const known = shown.get(text.n);
  if (known) {
    known.lastElementChild.textContent = detail;
    return;
  }
  const bubble = el(
    "article",
    { class: `sms ${text.direction}` },
    el("p", { class: "sms-body" }, ...withLinks(text.body)),
    el("p", { class: "sms-detail" }, detail),
  );
  shown.set(text.n, bubble);
  texts.append(bubble);
  texts.scrollTop = texts.scrollHeight;
  show(byId("empty"), false);
}

async function poll() {
  const asked = phone;
  let wait = EVERY;
  try {
    const answer = await fetch(`/phone/messages?phone=${encodeURIComponent(asked)}&after=${after}`);
    if (!answer.ok) throw new Error(String(answer.status));
    const { messages } = await answer.json();
    if (asked === phone) {
      messages.forEach(draw);
      after = messages.reduce((most, text) => Math.max(most, text.n), after);
    }
    byId("trouble").textContent = "";
  } catch {
    byId("trouble").textContent = t("phone_lost");
    wait = EVERY_IN_TROUBLE;
  }
  setTimeout(document.hidden ? waitUntilSeen : poll, wait);
}

function waitUntilSeen() {
  if (!document.hidden) poll();
  else document.addEventListener("visibilitychange", waitUntilSeen, { once: true });
}

async function send() {
  const text = body.value.trim();
  if (text === "" || sending) return;
  sending = true;
  try {
    const answer = await fetch("/phone/send", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ from: phone, body: text }),
    });
    const problem = answer.ok ? {} : await answer.json().catch(() => ({}));
    byId("trouble").textContent = answer.ok ? "" : (problem.detail ?? t("phone_failed"));
    if (answer.ok) body.value = "";
  } catch {
    byId("trouble").textContent = t("phone_failed");
  } finally {
    sending = false;
    count();
    body.focus();
  }
}

function count() {
  byId("count").textContent = body.value === "" ? "" : size(body.value);
}

byId("number-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const number = byId("number").value.replace(/[\s().-]/g, "");
  const good = FULL_NUMBER.test(number);
  byId("number-problem").textContent = good ? "" : t("phone_bad_number");
  if (good) useNumber(number);
});
byId("number-form").noValidate = true;
byId("send-form").addEventListener("submit", (event) => {
  event.preventDefault();
  send();
});
body.addEventListener("input", count);
body.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  send();
});

// Before the words are there: whoever types at once must have a number to send from.
useNumber(FULL_NUMBER.test(phone) ? phone : byId("number").value);
await loadWords();
poll();
