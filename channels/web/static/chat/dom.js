// Small helpers to build the page. Data only ever becomes text, never markup.

export const byId = (id) => document.getElementById(id);

/** An element with attributes (`class`, `on…` handlers as functions) and children (nodes or text). */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export function show(node, visible) {
  node.hidden = !visible;
}

const LINK = /https?:\/\/[^\s<>"“”]+[^\s<>"“”.,;:!?)\]]/g;

/** Text as nodes, with web addresses as links. Lines stay as they are (CSS keeps them). */
export function withLinks(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    nodes.push(text.slice(end, match.index), outside(match[0], match[0]));
    end = match.index + match[0].length;
  }
  nodes.push(text.slice(end));
  return nodes.filter((node) => node !== "");
}

/** A link that opens in a new tab; plain text unless the address is http(s). */
export function outside(address, label, note = "") {
  if (!/^https?:\/\//i.test(address)) return el("span", {}, label);
  const hint = note ? el("span", { class: "away" }, ` (${note})`) : null;
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label, hint);
}
