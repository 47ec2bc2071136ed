// The conversation as people read it: bubbles, tables, sources, and a provisional bubble while an answer grows.

import { byId, el, outside, withLinks } from "./dom.js";
import { keepButtons, remember } from "./keep.js";
import { dateText, dayText, t } from "./words.js";

const QUIET_ENDS = new Set(["stopped", "opted_out", "declined", "crisis_help", "menu_shown", "restarted", "language_set", "data_shown", "data_deleted"]);

const log = byId("log");
const jump = byId("jump");
const bubbles = new Map();
let provisional = null;
let lastDay = "";
let anchor = null;
let following = true;

export const has = (id) => bubbles.has(id);
export const isEmpty = () => bubbles.size === 0;

/** Adds a message once; a message already there is left alone. Gives whether it was new. */
export function addMessage(message) {
  if (bubbles.has(message.id)) return false;
  const bubble = render(message);
  bubbles.set(message.id, bubble);
  remember(message, bubble);
  if (message.sender === "aidline" && provisional) {
    provisional.replaceWith(bubble);
    provisional = null;
  } else {
    dayLine(message.at);
    log.append(bubble);
  }
  if (message.sender === "person") {
    anchor = null;
    following = true;
    if (provisional) log.append(provisional);
  } else anchor ??= bubble;
  settle(bubble);
  return true;
}

/** Shows one more checked sentence of an answer that is not complete. Screen readers get the complete answer. */
export function addPartial(text, language) {
  if (!provisional) {
    provisional = el("article", { class: "message aidline provisional", "aria-hidden": "true", lang: language }, el("div", { class: "text" }));
    log.append(provisional);
    anchor ??= provisional;
  }
  const body = provisional.firstChild;
  body.append(body.hasChildNodes() ? ` ${text}` : text);
  settle(provisional);
}

/** Adds many messages at once without reading them all aloud. */
export async function addHistory(messages, add) {
  log.setAttribute("aria-live", "off");
  messages.forEach(add);
  await new Promise((done) => setTimeout(done, 100));
  log.setAttribute("aria-live", "polite");
}

function render(message) {
  const mine = message.sender === "person";
  const who = el("h2", { class: "away" }, el("span", { lang: document.documentElement.lang }, t(mine ? "said_person" : "said_aidline")));
  const words = { lang: message.language };
  const parts = [who, el("div", { class: "text", ...words }, ...withLinks(message.text))];
  if (message.rows?.length) parts.push(table(message));
  if (message.sources?.length) parts.push(sources(message));
  const offered = message.asks?.choices ?? [];
  if (offered.length) {
    const choices = offered.map((choice) => choice.label).join("; ");
    parts.push(el("p", { class: "away", ...words }, t("answers_read", { choices }, message.language)));
  }
  const bubble = el("article", { class: `message ${mine ? "person" : "aidline"}`, "data-id": message.id }, ...parts);
  if (message.result && (message.rows?.length || !QUIET_ENDS.has(message.result.end))) bubble.append(...keepButtons(message));
  return bubble;
}

function table(message) {
  const inLanguage = message.language;
  const lines = message.rows.map((row) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, row.label, row.note ? el("span", { class: "note" }, row.note) : null),
      el("td", {}, row.value),
    ),
  );
  const head = el("tr", {}, el("th", { scope: "col" }, t("table_item", {}, inLanguage)), el("th", { scope: "col" }, t("table_value", {}, inLanguage)));
  return el(
    "table",
    { lang: inLanguage },
    el("caption", { class: "away" }, t("table_caption", {}, inLanguage)),
    el("thead", { class: "away" }, head),
    el("tbody", {}, ...lines),
  );
}

function sources(message) {
  const inLanguage = message.language;
  const line = (source) => [
    outside(source.url, source.title, t("opens_elsewhere", {}, inLanguage)),
    ` (${t("checked", { date: dateText(source.as_of, inLanguage) }, inLanguage)})`,
  ];
  const box = el("div", { class: "sources", lang: inLanguage });
  if (message.sources.length === 1) {
    box.append(el("p", {}, `${t("source", {}, inLanguage)} `, ...line(message.sources[0])));
  } else {
    const items = message.sources.map((source) => el("li", {}, ...line(source)));
    box.append(el("p", {}, t("sources", {}, inLanguage)), el("ul", {}, ...items));
  }
  return box;
}

function dayLine(at) {
  const day = new Date(at).toDateString();
  if (day === lastDay) return;
  const first = lastDay === "";
  lastDay = day;
  if (first && day === new Date().toDateString()) return;
  log.append(el("p", { class: "day" }, el("time", { datetime: at }, dayText(at))));
}

function nearEnd() {
  const page = document.documentElement;
  return page.scrollHeight - window.scrollY - window.innerHeight < 160;
}

/** Keeps the newest words in view, but never scrolls the start of a reply out of sight. */
function settle(bubble) {
  if (!following) {
    jump.hidden = false;
    return;
  }
  requestAnimationFrame(() => {
    const page = document.documentElement;
    const toEnd = page.scrollHeight - window.innerHeight;
    const header = Math.max(0, document.querySelector(".top").getBoundingClientRect().bottom) + 8;
    const toStart = (anchor ?? bubble).getBoundingClientRect().top + window.scrollY - header;
    window.scrollTo({ top: Math.max(0, Math.min(toEnd, toStart)) });
  });
}

/** Brings the latest words into view once the answers below them are drawn. */
export function settleLast() {
  const last = log.querySelector("article:last-of-type");
  if (last && following) settle(last);
}

jump.addEventListener("click", () => {
  jump.hidden = true;
  following = true;
  log.querySelector("article:last-of-type")?.scrollIntoView({ block: "start" });
  byId("box").focus({ preventScroll: true });
});
window.addEventListener("scroll", () => {
  if (!nearEnd()) return;
  following = true;
  jump.hidden = true;
}, { passive: true });
for (const move of ["wheel", "touchmove", "keydown"]) {
  window.addEventListener(move, () => setTimeout(() => (following = nearEnd()), 200), { passive: true });
}
