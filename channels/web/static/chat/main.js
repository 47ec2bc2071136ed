// Joins the parts of the chat page.

import * as answers from "./answers.js";
import { saveLanguage, startConversation } from "./api.js";
import * as composer from "./composer.js";
import { byId, el, show } from "./dom.js";
import * as log from "./log.js";
import { follow } from "./stream.js";
import { language, loadWords, onLanguageChosen, setLanguage, t } from "./words.js";

const SHOW_WORKING_AFTER = 350;
const SAY_WORKING_AFTER = 2_500;
const LONG_WORKING_AFTER = 25_000;

let spoken = false;
let waiting = [];

function receive(message) {
  const mine = message.sender === "person";
  if (mine) composer.seen(message.id, message.language);
  if (!log.addMessage(message)) return;
  if (mine) spoken = true;
  else working(false);
  if (mine) answers.ask(null, message.language);
  else if (message.asks || message.more || message.result) answers.ask(message.asks ?? null, message.language, message.more);
  starters();
  log.settleLast();
}

function starters() {
  show(byId("starters"), !spoken && !answers.isAsking());
}

function working(on) {
  waiting.forEach(clearTimeout);
  waiting = [];
  if (!on) {
    show(byId("working"), false);
    byId("working-status").textContent = "";
    return;
  }
  const visible = (text) => {
    byId("working-text").textContent = text;
    show(byId("working"), true);
    log.settleLast();
  };
  waiting = [
    setTimeout(() => visible(""), SHOW_WORKING_AFTER),
    setTimeout(() => (byId("working-status").textContent = t("working")), SAY_WORKING_AFTER),
    setTimeout(() => {
      visible(t("working_long"));
      byId("working-status").textContent = t("working_long");
    }, LONG_WORKING_AFTER),
  ];
}

/** Sends a chosen answer. Focus goes to the conversation, just before the next answers, and no keyboard pops up. */
function choose(text) {
  byId("log").focus({ preventScroll: true });
  composer.say(text);
}

function notice(text, retry = null) {
  const box = byId("notice");
  box.replaceChildren(text);
  if (retry) box.append(" ", el("button", { type: "button", class: "quiet", onclick: retry }, byId("retry").textContent));
  show(box, text !== "");
}

// A stream that was opening when the connection went may still report that it opened.
const connection = {
  up: () => notice(navigator.onLine ? "" : t("offline")),
  down: () => notice(navigator.onLine ? t("reconnecting") : t("offline")),
};

async function changeLanguage(next) {
  setLanguage(next);
  answers.draw();
  const address = new URL(location.href);
  address.searchParams.set("lang", next);
  history.replaceState(null, "", address);
  await saveLanguage(next).catch(() => connection.down());
}

async function resume() {
  const started = await startConversation(language());
  const fresh = log.isEmpty();
  if (fresh) await log.addHistory(started.messages, receive);
  else started.messages.forEach(receive);
  return started;
}

async function start() {
  notice("");
  let started;
  try {
    await loadWords();
    const chosen = document.body.dataset.chosen === "yes" || new URL(location.href).searchParams.has("lang");
    started = await resume();
    if (started.language !== language()) {
      if (chosen || !spoken) await saveLanguage(language());
      else setLanguage(started.language);
    }
  } catch (error) {
    notice(error.detail || byId("notice").dataset.failed, start);
    return;
  }
  answers.draw();
  starters();
  composer.enable();
  const goOnFrom = follow(started.cursor, {
    ...connection,
    message: receive,
    partial: (data) => {
      working(false);
      log.addPartial(data.text, language());
    },
    working,
    renew: async () => (await resume()).cursor,
  });
  composer.onSessionEnded(async () => goOnFrom((await resume()).cursor));
}

composer.onAccepted(({ id, text, language: heardIn }) => {
  if (heardIn !== language()) setLanguage(heardIn);
  receive({ id, text, sender: "person", at: new Date().toISOString(), language: heardIn });
  working(true);
});
answers.onChosen(choose);
onLanguageChosen(changeLanguage);
window.addEventListener("offline", connection.down);
window.addEventListener("online", connection.up);
byId("person").addEventListener("click", () => choose(t("person_text")));
byId("start-person").addEventListener("click", () => choose(t("person_text")));
byId("start-estimate").addEventListener("click", () => choose(t("starter_estimate")));
byId("start-question").addEventListener("click", () => {
  byId("box").placeholder = t("placeholder_question");
  byId("box").focus();
});
start();
