// What a stranger is shown first: a few taps, one after another, each marked where it is to be made.

import { h, icon, iconButton, role } from "./dom.js";
import { createMark } from "./mark.js";

const SEEN = "piket-tour-seen";
const LOOK_MS = 200;
const MISSED_MS = 7000;
const PAUSE_MS = { says: 2200, look: 4200, moment: 2600 };

/** `clock`, `folds`, `pick(id)` and `onSay(id, text)` are what a step may move. */
export function createTour({ clock, folds, pick, onSay }) {
  const words = h("p", { class: "tour-words" });
  const count = h("span", { class: "tour-count" });
  const next = h("button", { type: "button", class: "button is-main", name: "tour-next", onclick: () => act() }, "");
  const play = h("button", { type: "button", class: "button", name: "tour-play", onclick: () => playAll() }, icon("play"), "Putar otomatis");
  const element = h(
    "aside", { class: "tour", role: "status", "aria-label": "Perkenalan", hidden: true },
    h("div", { class: "tour-head" }, words, iconButton("close", "Tutup perkenalan", { name: "close-tour", onclick: () => end() })),
    h("div", { class: "tour-foot" }, count, play, next),
  );
  const mark = createMark(element);
  let steps = [];
  let at = -1;
  let isPlaying = false;
  let sinceMs = 0;
  let missedMs = 0;
  let timer = null;
  document.body.append(element);

  /** Keep the steps, and begin unless they were seen in this browser. */
  function offer(list) {
    steps = list;
    document.querySelector(".tool[name=play]").hidden = steps.length === 0;
    if (steps.length && !remembered()) begin();
  }

  function begin() {
    isPlaying = false;
    clearInterval(timer);
    timer = setInterval(tick, LOOK_MS);
    goTo(0);
  }

  function playAll() {
    isPlaying = true;
    sinceMs = PAUSE_MS.says / 2;
    play.hidden = true;
  }

  function end() {
    clearInterval(timer);
    at = -1;
    mark.clear();
    element.hidden = true;
    remember();
  }

  function goTo(index) {
    if (index >= steps.length) return end();
    at = index;
    sinceMs = missedMs = 0;
    const step = steps[at];
    words.textContent = step.words;
    count.textContent = `${at + 1} / ${steps.length}`;
    next.textContent = at === steps.length - 1 ? "Mulai" : step.look ? "Lanjut" : "Lakukan";
    play.hidden = isPlaying || at > 0;
    prepare(step);
    return tick();
  }

  function prepare(step) {
    folds.clear();
    if (step.who) pick(step.who);
    if (step.look === "stored") folds.showRecord(true);
    if (step.moment) folds.showClock(true);
  }

  // The place appears when the bot has answered, and may move: so it is looked for again and again.
  function tick() {
    const place = targetOf(steps[at]);
    if (!place) return miss();
    mark.set(place);
    missedMs = 0;
    sinceMs += LOOK_MS;
    if (isPlaying && sinceMs >= PAUSE_MS[kindOf(steps[at])]) act();
    return undefined;
  }

  // What does not come, as when Ana has reported already, is passed over.
  function miss() {
    mark.clear();
    missedMs += LOOK_MS;
    return missedMs < MISSED_MS ? undefined : goTo(at + 1);
  }

  function act() {
    const step = steps[at];
    sinceMs = -Infinity; // once; what follows is the event that says it happened
    if (step.look) goTo(at + 1);
    else if (step.moment) clock.moveTo(step.moment);
    else onSay(step.who, step.says);
  }

  function receive(event) {
    const step = steps[at];
    if (!step) return;
    const isSaid = event.type === "message" && Number(event.chat) === step.who && event.message.from === "person" && event.message.text === step.says;
    const isMoved = event.type === "clock" && Boolean(step.moment);
    if (isSaid || isMoved) goTo(at + 1);
  }

  /** Go through it all from the beginning, by itself. */
  function show() {
    begin();
    playAll();
  }

  return { offer, show, receive };
}

const kindOf = (step) => (step.look ? "look" : step.moment ? "moment" : "says");

function targetOf(step) {
  if (step.look === "people") return role("people");
  if (step.look) return role("record").querySelector(".record-list:not([hidden]) .card");
  if (step.moment) return document.querySelector(`.stop[name=moment][value="${step.moment}"]`);
  const choices = document.querySelectorAll(`[data-person="${step.who}"] :is(.reply-button, .inline-button, .is-try)`);
  return [...choices].findLast((button) => button.textContent === step.says && button.offsetParent) ?? null;
}

// Storage is refused in some private windows; then the tour simply comes back.
function remembered() {
  try {
    return localStorage.getItem(SEEN) === "1";
  } catch {
    return false;
  }
}

function remember() {
  try {
    localStorage.setItem(SEEN, "1");
  } catch {
    // nothing to keep it in
  }
}
