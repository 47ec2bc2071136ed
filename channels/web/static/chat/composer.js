// The box. What was typed stays there until the server has accepted it, and a retry uses the same id: never twice, never lost.

import { newId, sendMessage } from "./api.js";
import { byId, show } from "./dom.js";
import { language, t } from "./words.js";

const box = byId("box");
const sendButton = byId("send");
const failure = byId("failure");
let pending = null;
let busy = false;
let accepted = () => {};
let renew = null;

/** `handler()` opens the conversation again where its session has ended. */
export function onSessionEnded(handler) {
  renew = handler;
}

/** `handler({id, text, language})` hears of each message the server accepted, and in which language it read it. */
export function onAccepted(handler) {
  accepted = handler;
}

/** Sends a text that was chosen rather than typed. */
export function say(text) {
  deliver(text, false);
}

/** A message of the person came back on the stream: it was accepted, whatever the answer to our call was. */
export function seen(id, heardIn) {
  if (pending?.id === id) finish(heardIn);
}

export function enable() {
  for (const control of [box, sendButton, byId("person")]) control.disabled = false;
}

function deliver(text, typed) {
  const trimmed = text.trim();
  if (busy || trimmed === "") return;
  const again = pending && pending.text === trimmed;
  pending = again ? { ...pending, typed: pending.typed || typed } : { id: newId(), text: trimmed, typed };
  attempt();
}

async function attempt() {
  const mine = pending;
  working(true);
  show(failure, false);
  let answer = {};
  try {
    answer = await deliverOnce(mine);
  } catch (error) {
    working(false);
    if (pending === mine) explain(error);
    return;
  }
  working(false);
  if (pending === mine) finish(answer.language);
}

async function deliverOnce(message) {
  try {
    return await sendMessage(message.id, message.text, language());
  } catch (error) {
    if (error.status !== 401) throw error;
    await renew();
    return sendMessage(message.id, message.text, language());
  }
}

function finish(heardIn = language()) {
  const done = pending;
  pending = null;
  show(failure, false);
  if (done.typed && box.value.trim() === done.text) {
    box.value = "";
    grow();
  }
  accepted({ id: done.id, text: done.text, language: heardIn });
}

function explain(error) {
  const parts = [error.detail || t("send_failed")];
  if (error.retryAfter && !/\d/.test(error.detail ?? "")) parts.push(t("wait_seconds", { seconds: error.retryAfter }));
  byId("failure-text").textContent = parts.join(" ");
  byId("failure-unsent").textContent = `${t("unsent")} ${pending.text}`;
  show(byId("failure-unsent"), !pending.typed);
  show(failure, true);
}

function working(on) {
  busy = on;
  box.readOnly = on;
  sendButton.setAttribute("aria-disabled", String(on));
  sendButton.firstElementChild.textContent = t(on ? "sending" : "send");
}

function grow() {
  if (CSS.supports("field-sizing", "content")) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
}

box.addEventListener("input", grow);
box.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  deliver(box.value, true);
});
byId("form").addEventListener("submit", (event) => {
  event.preventDefault();
  deliver(box.value, true);
});
byId("retry").addEventListener("click", () => {
  if (!pending || busy) return;
  const edited = pending.typed && box.value.trim() !== "" && box.value.trim() !== pending.text;
  box.focus();
  if (edited) deliver(box.value, true);
  else attempt();
});
window.addEventListener("online", () => {
  if (pending && !busy && !failure.hidden) attempt();
});
