// What the office can decide while one plays, such as a zone's colour: carried out by the bot at the played moment.

import { api } from "./api.js";
import { h, icon, role } from "./dom.js";

/** `onWarning(sentence|null)` is told whether the bot took it. */
export function createHappenings({ onWarning }) {
  const box = role("happenings");
  role("new-decision").append(icon("bang"));

  function offer(happenings) {
    box.hidden = happenings.length === 0;
    role("happening-list").replaceChildren(...happenings.map(button));
  }

  function button({ id, label }) {
    return h("button", { type: "button", class: "chip", name: "happening", value: id, onclick: () => choose(id) }, label);
  }

  async function choose(id) {
    box.open = false;
    try {
      await api.happen(id);
      onWarning(null);
    } catch (error) {
      onWarning(error.message);
    }
  }

  return { offer };
}
