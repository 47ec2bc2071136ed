// How the page helps with the question at hand: buttons for a closed list, hints for the box, and how far along we are.
// Typing freely is always possible.

import { byId, el, show } from "./dom.js";
import { t } from "./words.js";

const LONG_LIST = 12;
const HINTS = { choice: "choice", yes_no: "choice", money: "money", count: "count", date: "date", year: "year", state: "state" };
const UNSURE = new Set(["money", "count", "date"]);

const tray = byId("answers");
const box = byId("box");
const keys = byId("keys");
let asks = null;
let asksLanguage = "en";
let more = false;
let send = () => {};

/** `sender(text)` sends an answer that was chosen. */
export function onChosen(sender) {
  send = sender;
}

/** Shows the answers to a question (null: none), and whether there is more text to ask for. */
export function ask(next, language, hasMore = false) {
  asks = next;
  asksLanguage = language;
  more = hasMore;
  draw();
}

export const isAsking = () => asks !== null;

/** Draws again, in the page's language. */
export function draw() {
  const choices = asks ? offered(asks) : [];
  tray.replaceChildren(...(choices.length > LONG_LIST ? [picker(choices)] : choices.map((label) => button(label))));
  tray.lang = asksLanguage;
  if (asks && !choices.length && UNSURE.has(asks.kind)) tray.append(button(t("not_sure", {}, asksLanguage)));
  if (more) tray.append(button(t("more", {}, asksLanguage), t("more_text", {}, asksLanguage)));
  show(tray, tray.hasChildNodes());
  hint(choices.length > 0);
  progress();
}

function offered(question) {
  if (question.choices?.length) return question.choices.map((choice) => choice.label);
  return question.kind === "yes_no" ? [t("yes", {}, asksLanguage), t("no", {}, asksLanguage)] : [];
}

function button(label, text = label) {
  return el("button", { type: "button", class: "answer", onclick: () => send(text) }, label);
}

function picker(choices) {
  const select = el("select", { "aria-label": t("choose") }, el("option", { value: "" }, t("choose")));
  select.append(...choices.map((label) => el("option", { value: label }, label)));
  const go = el("button", { type: "button", class: "answer", disabled: true, onclick: () => send(select.value) }, t("choose_send"));
  select.addEventListener("change", () => {
    go.disabled = select.value === "";
  });
  return el("div", { class: "picker" }, select, go);
}

function hint(buttons) {
  // A list of what Aidline can do is an offer, not a question: nobody has to choose.
  const kind = asks && asks.name !== "flow" ? HINTS[asks.kind] : undefined;
  const usable = kind !== "choice" || buttons ? kind : undefined;
  box.placeholder = t(usable ? `placeholder_${usable}` : "placeholder");
  const numeric = asks?.kind === "money" || asks?.kind === "count";
  setKeys(numeric ? "numeric" : "text");
  show(keys, numeric);
}

function setKeys(mode) {
  box.inputMode = mode;
  keys.textContent = t(mode === "numeric" ? "letters" : "numbers");
  keys.setAttribute("aria-label", t(mode === "numeric" ? "letters_label" : "numbers_label"));
}

function progress() {
  const step = asks?.step;
  show(byId("progress"), Boolean(step));
  if (!step) return;
  const steps = asks.steps ? Math.max(asks.steps, step) : null;
  byId("progress-text").textContent = steps ? t("progress", { step, steps }) : t("progress_step", { step });
  const bar = byId("progress-bar");
  show(bar, Boolean(steps));
  if (steps) {
    bar.max = steps;
    bar.value = step;
  }
}

keys.addEventListener("click", () => {
  setKeys(box.inputMode === "numeric" ? "text" : "numeric");
  box.blur();
  box.focus();
});
