// The words of the page, in the language in force. Both languages come from one file.

let all = {};
let current = document.body.dataset.language;

/** Reads the words; raises if they can't be had. */
export async function loadWords() {
  const answer = await fetch(document.body.dataset.words);
  if (!answer.ok) throw new Error(`words: ${answer.status}`);
  all = await answer.json();
}

export const language = () => current;

/** One text, with `{name}` filled in. `inLanguage` asks for another language than the one in force. */
export function t(key, values = {}, inLanguage = current) {
  const text = all[inLanguage]?.[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Turns the whole page to a language. */
export function setLanguage(next) {
  current = next;
  document.documentElement.lang = next;
  document.title = t("page_title");
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-t-label]")) node.setAttribute("aria-label", t(node.dataset.tLabel));
  for (const link of document.querySelectorAll("a[data-language]")) {
    if (link.dataset.language === next) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

/** An ISO date or time as people write it, e.g. "November 3, 2026". */
export function dateText(iso, inLanguage = current) {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(iso);
  const moment = new Date(iso);
  if (Number.isNaN(moment.getTime())) return iso;
  return new Intl.DateTimeFormat(`${inLanguage}-US`, { dateStyle: "long", timeZone: day ? "UTC" : undefined }).format(moment);
}

/** "Today", "Yesterday" or a date, in the person's own time zone. */
export function dayText(iso) {
  const startOf = (moment) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
  const days = Math.round((startOf(new Date()) - startOf(new Date(iso))) / 86_400_000);
  if (days === 0) return t("today");
  if (days === 1) return t("yesterday");
  return dateText(new Date(iso).toISOString());
}

/** Wires the language links: they also work without a script. */
export function onLanguageChosen(handler) {
  for (const link of document.querySelectorAll("a[data-language]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (link.dataset.language !== current) handler(link.dataset.language);
    });
  }
}
