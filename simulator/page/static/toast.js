// The short word that answers a tap; an alert waits until it is closed.

import { h } from "./dom.js";

const SHOWN_MS = 4200;

export function createToast() {
  const words = h("span", {});
  const close = h("button", { type: "button", class: "toast-close", onclick: () => hide() }, "Oke");
  const element = h("div", { class: "toast", role: "status", hidden: true }, words, close);
  let timer;

  function hide() {
    element.hidden = true;
  }

  function show(text, { isAlert = false, isError = false } = {}) {
    if (!text) return;
    clearTimeout(timer);
    words.textContent = text;
    element.classList.toggle("is-error", isError);
    close.hidden = !isAlert;
    element.hidden = false;
    if (!isAlert) timer = setTimeout(hide, SHOWN_MS);
  }

  return { element, show };
}
