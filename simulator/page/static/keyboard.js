// The reply keyboard of one chat: what the bot offers instead of typing.

import { h, icon, iconButton } from "./dom.js";

/** `onPress(button)` runs when a choice is taken; `onPlaceholder(text|null)` when the bot suggests one. */
export function createKeyboard({ person, onPress, onPlaceholder }) {
  const element = h("div", { class: "reply-keyboard", role: "group", "aria-label": `Pilihan untuk ${person.first_name}`, hidden: true });
  const toggle = iconButton("keyboard", "Sembunyikan pilihan", { name: "keyboard", "aria-expanded": "true", hidden: true, onclick: () => show(element.hidden) });
  let current = null;

  function show(isShown) {
    element.hidden = !isShown || !current;
    toggle.setAttribute("aria-expanded", String(!element.hidden));
    toggle.setAttribute("aria-label", element.hidden ? "Tampilkan pilihan" : "Sembunyikan pilihan");
    toggle.title = toggle.getAttribute("aria-label");
  }

  function set(keyboard) {
    current = keyboard?.rows?.length ? keyboard : null;
    toggle.hidden = !current;
    element.classList.toggle("is-tall", Boolean(current) && current.resize === false);
    const hadFocus = element.contains(document.activeElement);
    element.replaceChildren(...(current?.rows ?? []).map(rowOf));
    onPlaceholder(current?.placeholder ?? null);
    show(true);
    if (hadFocus) element.querySelector("button")?.focus({ preventScroll: true });
  }

  function rowOf(row) {
    return h("div", { class: "reply-row" }, row.map(buttonOf));
  }

  function buttonOf(button) {
    const mark = button.request_contact && icon("contact");
    return h("button", { type: "button", class: "reply-button", onclick: () => press(button) }, mark, button.text);
  }

  function press(button) {
    if (current?.one_time) show(false);
    onPress(button);
  }

  return { element, toggle, set };
}
