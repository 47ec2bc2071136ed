// Lets people keep a result: on paper, or as a text file made in the page. Nothing leaves the page for it.

import { el } from "./dom.js";
import { dateText, t } from "./words.js";

const shown = new Map();

/** Notes a message with its bubble, so that a result can be kept together with what belongs to it. */
export function remember(message, bubble) {
  shown.set(message.id, { message, bubble });
}

/** The buttons under a result, and the line that says on paper what it is. */
export function keepButtons(message) {
  const day = { date: dateText(message.at, message.language) };
  return [
    el("p", { class: "printed", lang: message.language }, t("printed", day, message.language)),
    el("button", { type: "button", class: "quiet print", "data-t": "print", onclick: () => print(message) }, t("print")),
    " ",
    el("button", { type: "button", class: "quiet print", "data-t": "download", onclick: () => download(message) }, t("download")),
  ];
}

/** Everything said in the turn of a result, after the answers that it rests on. */
function belonging(message) {
  const turn = message.id.replace(/\.\d+$/, "");
  const all = [...shown.values()];
  const own = all.filter((one) => one.message.sender === "aidline" && one.message.id.replace(/\.\d+$/, "") === turn);
  const before = all.slice(0, all.indexOf(own[0]));
  const answers = before.findLast((one) => one.message.asks?.name === "confirm_summary");
  return answers ? [answers, ...own] : own;
}

function fileName(message) {
  return `Aidline ${message.at.slice(0, 10)}`;
}

function print(message) {
  const kept = belonging(message);
  const title = document.title;
  document.title = fileName(message);
  document.body.classList.add("print-one");
  for (const { bubble } of kept) bubble.classList.add("printing");
  window.print();
  document.body.classList.remove("print-one");
  for (const { bubble } of kept) bubble.classList.remove("printing");
  document.title = title;
}

function download(message) {
  const day = { date: dateText(message.at, message.language) };
  const parts = belonging(message).map((one) => asText(one.message));
  const text = [...parts, t("printed", day, message.language)].join("\n\n").replaceAll("\n", "\r\n");
  const address = URL.createObjectURL(new Blob(["\uFEFF", text, "\r\n"], { type: "text/plain;charset=utf-8" }));
  const link = el("a", { href: address, download: `${fileName(message)}.txt`, hidden: "" });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}

/** A message as plain text: its words, its table line by line, its sources. */
export function asText(message) {
  const rows = (message.rows ?? []).map((row) => `${row.label}: ${row.value}${row.note ? ` (${row.note})` : ""}`);
  const sources = (message.sources ?? []).map((source) => `${source.title} <${source.url}>`);
  return [message.text, ...rows, ...sources].filter(Boolean).join("\n");
}
