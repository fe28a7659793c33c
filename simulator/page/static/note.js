// A person's note ("NIP 1990…, kode K7QF-2M9D") as chips that put their value into the message box.

import { h } from "./dom.js";

const VALUE = /^(.*?)\s*[:=]?\s*((?=\S*\d)[\w+./-]{4,})$/u;

/** The parts of a note: {label, value}; a part without a value is words only. */
function partsOf(note) {
  return (note ?? "").split(/[,;·\n]+/).map((part) => part.trim()).filter(Boolean).map(partOf);
}

function partOf(part) {
  const match = VALUE.exec(part);
  return match ? { label: match[1], value: match[2] } : { label: part, value: null };
}

export const hasValues = (note) => partsOf(note).some((part) => part.value);

/** The row of chips, or null when the note is empty. */
export function noteRow(person, onPick) {
  const parts = partsOf(person.note);
  if (parts.length === 0) return null;
  if (!hasValues(person.note)) return h("p", { class: "note note-words" }, person.note);
  return h("div", { class: "note", role: "group", "aria-label": `Untuk dicoba ${person.first_name}` }, parts.map((part) => chip(part, onPick)));
}

function chip({ label, value }, onPick) {
  if (!value) return h("span", { class: "note-words" }, label);
  return h(
    "button",
    { type: "button", class: "chip note-chip", title: "Salin ke kotak pesan", "aria-label": `Tulis ${label} ${value}`, onclick: () => onPick(value) },
    label && h("span", { class: "chip-label" }, label), h("span", { class: "chip-value" }, value),
  );
}
