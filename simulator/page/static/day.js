// The day as a strip of moments: where it stands now, where one can go, and who was heard at each of them.

import { h, hidden, role } from "./dom.js";
import { face } from "./people.js";
import { isoAt, isoDay } from "./time.js";

/** `onMove(iso)` moves the clock; `onLook(from, until)` shows what was said between these two moments. */
export function createDay({ now, onMove, onLook }) {
  const list = role("moments");
  let stops = [];
  let heard = [];

  function offer(moments) {
    if (moments.length === 0) return;
    const today = moments.map((moment) => ({ ...moment, days: 0 }));
    const morning = { ...moments[0], label: "Besok", days: 1 };
    stops = [...today, morning].map(stopOf);
    list.replaceChildren(...stops.map((stop) => stop.row));
    show();
  }

  function stopOf(moment) {
    const who = h("span", { class: "stop-who" });
    const words = hidden("");
    const button = h(
      "button",
      { type: "button", class: "stop", name: moment.days ? "tomorrow" : "moment", value: moment.at, onclick: () => press(stop) },
      h("span", { class: "stop-label" }, moment.label), h("span", { class: "stop-at" }, moment.at.replace(":", ".")),
      h("span", { class: "stop-mark", "aria-hidden": "true" }), who, words,
    );
    const stop = { moment, button, who, words, row: h("li", {}, button) };
    return stop;
  }

  const iso = ({ moment }) => isoAt(now(), moment.at, moment.days);
  const begins = (stop) => Date.parse(iso(stop));
  const isOver = (stop) => begins(stop) <= now().getTime();

  // A working day only runs forward: what is over can be looked at, what comes can be moved to.
  function press(stop) {
    if (isOver(stop)) onLook(begins(stop), endOf(stop));
    else onMove(iso(stop));
  }

  function endOf(stop) {
    const next = stops[stops.indexOf(stop) + 1];
    return next ? begins(next) : Infinity;
  }

  function show() {
    const present = stops.findLastIndex(isOver);
    stops.forEach((stop, index) => decorate(stop, index, present));
  }

  function decorate(stop, index, present) {
    stop.button.classList.toggle("is-over", index < present);
    stop.button.classList.toggle("is-now", index === present);
    stop.button.classList.toggle("is-next", index === present + 1);
    stop.button.title = index > present ? "Majukan jam ke sini" : "Lihat yang terjadi saat itu";
    stop.words.textContent = `. ${stop.button.title}`;
    const until = index === 0 ? begins(stops[1]) : endOf(stop);
    const from = index === 0 ? Date.parse(`${isoDay(now())}T00:00:00${iso(stop).slice(-6)}`) : begins(stop);
    stop.who.replaceChildren(...namesOf(heard.filter(({ at }) => at >= from && at < until)));
  }

  function namesOf(found) {
    const people = new Map(found.map(({ person }) => [person.id, person]));
    return [...people.values()].slice(0, 4).map((person) => face(person, "stop-face"));
  }

  /** From now on the strip shows that these were heard: {person, at} with `at` in milliseconds. */
  function happened(all) {
    heard = all;
    show();
  }

  return { offer, show, happened };
}
