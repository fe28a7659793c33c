// The phones that lie on the table: several side by side, or one at a time where the screen is narrow.

import { createColumn } from "./column.js";
import { h, role } from "./dom.js";
import { createPeople } from "./people.js";

const HALF = 0.5;
const PHONE_PX = 290; // with the gap beside it
const NARROW = window.matchMedia("(max-width: 760px)");

/** `place(id)` opens a person's phone, `receive(event)` hands an event to its phone, `onFollow(person)` says who is in focus. */
export function createTable({ people, bot, onFollow, onHappened }) {
  const area = role("columns");
  const byId = new Map(people.map((person) => [person.id, person]));
  const columns = new Map();
  const tabs = createPeople({ element: role("people"), people, onPick: pick });
  const nobody = h("p", { class: "empty" }, "Pilih seseorang untuk mulai.");
  const watcher = new IntersectionObserver(noteVisible, { root: area, threshold: HALF });
  const visible = new Set();
  let followed = null;
  let byTouch = []; // whose phone was touched when, the latest last
  area.replaceChildren(nobody);

  function noteVisible(entries) {
    for (const entry of entries) {
      const id = Number(entry.target.dataset.person);
      if (entry.isIntersecting) visible.add(id);
      else visible.delete(id);
    }
    const only = visible.size === 1 ? [...visible][0] : null;
    if (only !== null || visible.size > 1) markVisible(only);
  }

  function markVisible(only) {
    for (const id of visible) tabs.setUnread(id, 0);
    tabs.setCurrent(only);
    if (only !== null) follow(only);
  }

  function follow(id) {
    if (id === followed) return;
    followed = id;
    byTouch = [...byTouch.filter((each) => each !== id), id];
    for (const [each, column] of columns) column.element.classList.toggle("is-followed", each === id);
    onFollow(byId.get(id));
  }

  function place(id) {
    if (columns.has(id)) return columns.get(id);
    const column = createColumn({ person: byId.get(id), bot, others: () => people.filter((each) => each.id !== id), onClose: remove, onFocus: () => follow(id) });
    const next = people.slice(people.findIndex((each) => each.id === id) + 1).find((each) => columns.has(each.id));
    area.insertBefore(column.element, next ? columns.get(next.id).element : null);
    columns.set(id, column);
    watcher.observe(column.element);
    show();
    return column;
  }

  function remove(id) {
    watcher.unobserve(columns.get(id).element);
    columns.get(id).element.remove();
    columns.delete(id);
    visible.delete(id);
    show();
  }

  // Where phones lie side by side, the one left alone for longest gives way to a new one.
  function makeRoom() {
    if (NARROW.matches) return;
    const places = Math.max(1, Math.floor(area.clientWidth / PHONE_PX));
    const since = (id) => byTouch.indexOf(id);
    const spare = [...columns.keys()].sort((a, b) => since(a) - since(b) || b - a);
    for (const id of spare.slice(0, Math.max(0, columns.size + 1 - places))) remove(id);
  }

  function show() {
    nobody.hidden = columns.size > 0;
    for (const { id } of people) tabs.setOpen(id, columns.has(id));
  }

  async function pick(id) {
    const isNew = !columns.has(id);
    if (isNew) makeRoom();
    const column = place(id);
    column.element.scrollIntoView({ inline: "center", block: "nearest" });
    follow(id);
    if (isNew) await column.load();
    tellHappened();
    if (!window.matchMedia("(pointer: coarse)").matches) column.focus();
  }

  async function refresh(fresh) {
    for (const person of fresh) {
      if (columns.has(person.id)) columns.get(person.id).learn(person);
      else Object.assign(byId.get(person.id) ?? {}, person);
    }
    await Promise.all([...columns.values()].map((column) => column.load()));
    if (followed === null && columns.size) follow([...columns.keys()][0]);
    tellHappened();
  }

  function tellHappened() {
    onHappened([...columns].flatMap(([id, column]) => column.dates().map((at) => ({ person: byId.get(id), at }))));
  }

  function showSpan(from, until) {
    return [...columns.values()].filter((column) => column.showSpan(from, until)).length > 0;
  }

  function receive(event) {
    const id = Number(event.chat);
    columns.get(id)?.apply(event);
    if (event.type === "message") tellHappened();
    if (event.type === "message" && event.message.from === "bot" && !visible.has(id)) tabs.countUnread(id);
  }

  return { place, pick, say: (id, text) => columns.get(id)?.say(text), refresh, receive, showSpan, nameOf: (id) => byId.get(Number(id))?.first_name };
}
