// The moved clock: shown, run on by the browser between two words from the simulator, and moved.

import { api } from "./api.js";
import { h, role } from "./dom.js";
import { hourMinute, isoAt, isoFromInput, localInput, longDate, useZoneOf, zoneName } from "./time.js";

const TICK_MS = 1000;
const NOT_TAKEN = "Bot belum memakai jam ini; mungkin ia sedang tidak berjalan. Coba pindahkan sekali lagi.";
const DEFAULT_MORNING = "06:45";

/** `onWarning(sentence|null)` is told whether the bot took the new time. */
export function createClock({ onWarning }) {
  const face = role("clock");
  const input = role("set-clock").elements.clock;
  const day = h("span", { class: "clock-day" });
  const hour = h("span", { class: "clock-hour" });
  let heardAt = 0;
  let heard = 0;
  let moments = [];
  face.replaceChildren(day, " ", hour);
  role("set-clock").addEventListener("submit", setFromInput);
  setInterval(show, TICK_MS);

  const now = () => new Date(heard + performance.now() - heardAt);

  function hear(iso) {
    useZoneOf(iso);
    heard = Date.parse(iso);
    heardAt = performance.now();
    if (document.activeElement !== input) input.value = localInput(now());
    show();
  }

  function show() {
    if (!heard) return;
    const words = [`${longDate(now())},`, `${hourMinute(now())} ${zoneName()}`];
    if (day.textContent !== words[0]) day.textContent = words[0];
    if (hour.textContent === words[1]) return;
    hour.textContent = words[1];
    face.dateTime = now().toISOString();
    showMoments();
  }

  async function move(change) {
    try {
      const answer = await api.clock(change);
      if (answer.now) hear(answer.now);
      onWarning(answer.warning ? NOT_TAKEN : null);
    } catch (error) {
      onWarning(error.message);
    }
  }

  function setFromInput(event) {
    event.preventDefault();
    if (input.value) move({ now: isoFromInput(input.value) });
  }

  function offer(list) {
    moments = list;
    role("moments").replaceChildren(...moments.map(momentButton));
    role("steps").replaceChildren(
      step("+15 menit", "add-15", () => move({ add_seconds: 900 })),
      step("+1 jam", "add-60", () => move({ add_seconds: 3600 })),
      step("Besok pagi", "tomorrow", () => move({ now: isoAt(now(), moments[0]?.at ?? DEFAULT_MORNING, 1) })),
    );
    showMoments();
  }

  function step(label, name, act) {
    return h("button", { type: "button", class: "chip", name, onclick: act }, label);
  }

  function momentButton(moment) {
    const words = moment.label.replace(/\s*\d{1,2}[.:]\d{2}$/, "");
    return h(
      "button",
      { type: "button", class: "moment", name: "moment", value: moment.at, onclick: () => moveTo(moment) },
      h("span", { class: "moment-label" }, words), h("span", { class: "moment-at" }, moment.at.replace(":", ".")),
      h("span", { class: "moment-next", hidden: true }, "besok"),
    );
  }

  // A working day only runs forward: a moment that is over means tomorrow's. The input can go anywhere.
  const isOver = (moment) => Date.parse(isoAt(now(), moment.at)) <= now().getTime();

  function moveTo(moment) {
    move({ now: isoAt(now(), moment.at, isOver(moment) ? 1 : 0) });
  }

  function showMoments() {
    const next = moments.findIndex((moment) => !isOver(moment));
    [...role("moments").children].forEach((button, index) => {
      button.classList.toggle("is-next", index === next);
      button.querySelector(".moment-next").hidden = !isOver(moments[index]);
    });
  }

  return { hear, offer };
}
