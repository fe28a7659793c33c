// Telegram counts entities in UTF-16 units, exactly as JavaScript indexes strings.

import { h } from "./dom.js";

const SAFE_LINK = /^(https?|mailto|tel):/i;
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const WRAPPERS = {
  bold: () => h("strong"),
  italic: () => h("em"),
  underline: () => h("u"),
  strikethrough: () => h("s"),
  code: () => h("code"),
  pre: () => h("pre"),
  blockquote: () => h("blockquote"),
  expandable_blockquote: () => h("blockquote"),
  spoiler: () => spoiler(),
  text_link: (entity) => link(entity.url),
  url: (entity, text) => link(/^[a-z]+:/i.test(text) ? text : `https://${text}`),
  email: (entity, text) => link(`mailto:${text}`),
  phone_number: (entity, text) => link(`tel:${text.replace(/[^+\d]/g, "")}`),
  bot_command: (entity, text, onCommand) => command(text, onCommand),
  mention: () => h("span", { class: "mention" }),
  hashtag: () => h("span", { class: "mention" }),
};

function link(url) {
  if (!SAFE_LINK.test(url ?? "")) return h("span");
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" });
}

function spoiler() {
  const node = h("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": "Teks tersembunyi, tekan untuk membuka" });
  const open = () => {
    node.classList.add("is-open");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", open);
  node.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && open());
  return node;
}

function command(text, onCommand) {
  if (!onCommand) return h("span", { class: "mention" });
  return h("button", { type: "button", class: "command", onclick: () => onCommand(text) });
}

/** The nodes of a text with its entities; unknown or broken entities leave the plain text. */
export function richText(text, entities, onCommand) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return between(text, 0, text.length, sorted, onCommand);
}

function between(text, start, end, entities, onCommand) {
  const nodes = [];
  let at = start;
  for (let i = 0; i < entities.length; i += 1) {
    const entity = entities[i];
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at || stop <= entity.offset) continue;
    const inner = entities.slice(i + 1).filter((other) => other.offset < stop);
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    nodes.push(wrapped(text, entity, stop, inner, onCommand));
    at = skipBreakAfterBlock(text, entity, stop);
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

// A block ends its line by itself; the line break that follows it would show as an empty line.
function skipBreakAfterBlock(text, entity, stop) {
  return BLOCKS.has(entity.type) && text[stop] === "\n" ? stop + 1 : stop;
}

function wrapped(text, entity, stop, inner, onCommand) {
  const make = WRAPPERS[entity.type] ?? (() => h("span"));
  const node = make(entity, text.slice(entity.offset, stop), onCommand);
  node.append(...between(text, entity.offset, stop, inner, onCommand));
  return node;
}
