// Everything on the page is built here, from nodes and text: no message can ever become markup.

import { PATHS } from "./icons.js";

const SVG = "http://www.w3.org/2000/svg";

/** An element; keys that start with "on" are listeners, the others attributes, strings become text. */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) setProp(node, key, value);
  node.append(...children.flat(Infinity).filter(isShown));
  return node;
}

function setProp(node, key, value) {
  if (!isShown(value)) return;
  if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
  else node.setAttribute(key, value === true ? "" : value);
}

function isShown(value) {
  return value !== null && value !== undefined && value !== false;
}

/** A line icon that takes the colour and size of the text around it; hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, props = {}) {
  return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, ...props }, icon(name));
}

export function hidden(text) {
  return h("span", { class: "visually-hidden" }, text);
}

/** The one element of index.html with this data-role. */
export function role(name) {
  return document.querySelector(`[data-role="${name}"]`);
}
