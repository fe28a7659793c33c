// What stands in an empty chat: who one plays, and what one may say first.

import { h } from "./dom.js";
import { hasValues } from "./note.js";
import { avatar } from "./people.js";

const TRIES = ["menu"];

/** `onPick(text)` is told what was chosen. */
export function welcome(person, onPick) {
  const tries = (person.tries?.length ? person.tries : TRIES).map((text) => h("button", { type: "button", class: "chip is-try", name: "try", onclick: () => onPick(text) }, text));
  return h(
    "div",
    { class: "welcome" },
    avatar(person),
    h("p", { class: "welcome-name" }, `Anda memerankan ${person.first_name}`),
    h("p", {}, person.role),
    h("p", { class: "welcome-gated" }, hasValues(person.note) ? "Tekan Mulai. Bila diminta, ketuk NIP dan kode di atas." : "Tekan Mulai untuk menyapa bot."),
    h("p", { class: "welcome-open welcome-tries" }, tries),
  );
}
