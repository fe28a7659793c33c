// The bot's commands, offered while a slash is being typed.

import { api } from "./api.js";
import { h } from "./dom.js";

/** `offer(text)` shows what fits the text; `onPick("/command")` when one is taken. */
export function createCommands({ onPick }) {
  const element = h("div", { class: "commands", role: "group", "aria-label": "Perintah", hidden: true });
  let known = null;
  let typed = "";

  async function offer(text) {
    typed = text;
    if (!/^\/\w*$/.test(text)) return hide();
    known ??= await api.state().then((state) => state.commands ?? [], () => []);
    return show();
  }

  function show() {
    const fitting = known?.filter(({ command }) => `/${command}`.startsWith(typed)) ?? [];
    element.replaceChildren(...fitting.map(item));
    element.hidden = fitting.length === 0 || !typed;
  }

  // The list may change while the bot starts, so each new slash asks again.
  function hide() {
    element.hidden = true;
    known = null;
  }

  function item({ command, description }) {
    const pick = () => onPick(`/${command}`);
    return h("button", { type: "button", class: "command-item", onclick: pick }, h("strong", {}, `/${command}`), h("span", {}, description));
  }

  return { element, offer };
}
