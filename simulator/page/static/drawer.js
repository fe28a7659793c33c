// The side panel: closed at first, one panel at a time.

import { h, icon, iconButton, role } from "./dom.js";

/** `panels` are {name, title, drawing, element, onOpen, onClose}; each gets a button in the header. */
export function createDrawer({ panels }) {
  const element = role("drawer");
  const title = h("h2", { id: "drawer-title" });
  const body = h("div", { class: "drawer-body" });
  const buttons = new Map();
  let open = null;
  element.setAttribute("aria-labelledby", "drawer-title");
  element.append(h("header", { class: "drawer-head" }, title, iconButton("close", "Tutup panel", { onclick: () => toggle(open) })), body);
  element.addEventListener("keydown", (event) => event.key === "Escape" && toggle(open));
  for (const panel of panels) buttons.set(panel, toolButton(panel));
  role("tools").append(...buttons.values());

  function toolButton(panel) {
    const props = { type: "button", class: "tool", name: panel.name, "aria-expanded": "false", title: panel.title, onclick: () => toggle(panel) };
    return h("button", props, icon(panel.drawing), h("span", { class: "tool-word" }, panel.title));
  }

  function toggle(panel) {
    const closing = open;
    open = closing === panel ? null : panel;
    closing?.onClose?.();
    for (const [each, button] of buttons) button.setAttribute("aria-expanded", String(each === open));
    element.hidden = !open;
    if (!open) return buttons.get(closing)?.focus();
    title.textContent = open.title;
    body.replaceChildren(open.element);
    open.onOpen?.();
    return undefined;
  }

  return { mark: (panel, isOn) => buttons.get(panel).classList.toggle("is-marked", isOn) };
}
