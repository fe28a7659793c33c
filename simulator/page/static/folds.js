// What opens and closes: the clock's controls on a narrow screen, and the record beside the chats.

import { h, icon, role } from "./dom.js";

const NARROW = window.matchMedia("(max-width: 760px)");
const BESIDE = window.matchMedia("(min-width: 1260px)"); // wide enough for the record beside three phones

/** `onTour()` begins the tour, `onRecord()` runs when the record is opened. */
export function createFolds({ onTour, onRecord }) {
  const record = role("record");
  const controls = document.getElementById("time-controls");
  const clockButton = document.querySelector(".clock-toggle");
  const recordButton = tool("record", "Tercatat", { "aria-expanded": "false", onclick: () => showRecord(record.hidden) });
  const tourButton = tool("play", "Lihat yang terjadi", { onclick: onTour });
  role("tools").prepend(tourButton, recordButton);
  clockButton.addEventListener("click", () => showClock(controls.hidden));
  showClock(!NARROW.matches);
  showRecord(BESIDE.matches);
  NARROW.addEventListener("change", () => showClock(!NARROW.matches));
  BESIDE.addEventListener("change", () => showRecord(BESIDE.matches));

  function tool(name, label, props) {
    return h("button", { type: "button", class: "tool", name, title: label, ...props }, icon(name), h("span", { class: "tool-word" }, label));
  }

  function showClock(isShown) {
    controls.hidden = !isShown;
    clockButton.setAttribute("aria-expanded", String(isShown));
  }

  function showRecord(isShown) {
    if (isShown) onRecord();
    record.hidden = !isShown;
    recordButton.setAttribute("aria-expanded", String(isShown));
    if (isShown) recordButton.classList.remove("is-marked");
  }

  function noteNews() {
    recordButton.classList.toggle("is-marked", record.hidden);
  }

  /** Leave the chat in sight, as far as the screen has no room for both. */
  function clear() {
    if (!BESIDE.matches) showRecord(false);
    if (NARROW.matches) showClock(false);
  }

  return { showRecord, showClock, noteNews, clear };
}
