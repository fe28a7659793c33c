// The moved clock: shown, run on by the browser between two words from the simulator, and moved.

import { api } from "./api.js";
import { createDay } from "./day.js";
import { h, icon, role } from "./dom.js";
import { hourMinute, isoAt, isoFromInput, localInput, longDate, shortDate, useZoneOf, zoneName } from "./time.js";

const TICK_MS = 1000;
const FAST = 60;
const NOT_TAKEN = "Bot belum memakai jam ini; mungkin ia sedang tidak berjalan. Coba pindahkan sekali lagi.";

/** `onWarning(sentence|null)` is told whether the bot took the new time; `onLook(from)` when what happened is wanted. */
export function createClock({ onWarning, onLook, onMoved }) {
  const face = role("clock");
  const input = role("set-clock").elements.clock;
  const long = h("span", { class: "clock-day is-long" });
  const short = h("span", { class: "clock-day is-short" });
  const hour = h("span", { class: "clock-hour" });
  const fast = step(`${FAST}×`, "fast", () => move({ speed: speed > 1 ? 1 : FAST }));
  fast.title = "Jalankan jam lebih cepat: satu menit menjadi satu detik";
  const day = createDay({ now: () => now(), onMove: (iso) => move({ now: iso }), onLook });
  let heardAt = 0;
  let heard = 0;
  let speed = 1;
  role("other-day").append(icon("calendar"));
  face.replaceChildren(long, short, " ", hour);
  role("set-clock").addEventListener("submit", setFromInput);
  setInterval(show, TICK_MS);

  const now = () => new Date(heard + speed * (performance.now() - heardAt));

  function hear({ now: iso, speed: runsAt = 1 }) {
    useZoneOf(iso);
    heard = Date.parse(iso);
    speed = runsAt;
    fast.setAttribute("aria-pressed", String(speed > 1));
    heardAt = performance.now();
    if (document.activeElement !== input) input.value = localInput(now());
    show();
    onMoved(now());
  }

  function show() {
    if (!heard) return;
    const words = [longDate(now()), shortDate(now()), `${hourMinute(now())} ${zoneName()}`];
    [long, short, hour].forEach((node, index) => { if (node.textContent !== words[index]) node.textContent = words[index]; });
    const minute = now().toISOString().slice(0, 16);
    if (face.dateTime === minute) return;
    face.dateTime = minute;
    day.show();
  }

  async function move(change) {
    try {
      const answer = await api.clock(change);
      if (answer.now) hear(answer);
      onWarning(answer.warning ? NOT_TAKEN : null);
    } catch (error) {
      onWarning(error.message);
    }
  }

  function setFromInput(event) {
    event.preventDefault();
    if (input.value) move({ now: isoFromInput(input.value) });
    event.target.closest("details").open = false;
  }

  function offer(moments) {
    day.offer(moments);
    role("steps").replaceChildren(
      step("+15 menit", "add-15", () => move({ add_seconds: 900 })),
      step("+1 jam", "add-60", () => move({ add_seconds: 3600 })),
      fast,
    );
  }

  function step(label, name, act) {
    return h("button", { type: "button", class: "chip", name, onclick: act }, label);
  }

  // The next time that it is this hour: time only runs forward.
  function moveTo(at) {
    const isOver = Date.parse(isoAt(now(), at)) <= now().getTime();
    return move({ now: isoAt(now(), at, isOver ? 1 : 0) });
  }

  return { hear, offer, moveTo, happened: day.happened };
}
