// The list of messages of one chat, kept in the order of their numbers.

import { bubble, isEditable } from "./bubble.js";
import { h } from "./dom.js";
import { dayName, isoDay } from "./time.js";

const NEAR_END_PX = 90;
const TYPING_MS = 5500;
const GROUP_MS = 5 * 60_000;
const DAY_PX = 40;
const SHOWN_MS = 1600;

/** `whenEmpty` is shown while there is no message; `actions` go to the bubbles. */
export function createLog({ person, bot, actions, whenEmpty }) {
  const items = new Map();
  const list = h("ol", { class: "log-list" });
  const dots = h("div", { class: "typing", hidden: true, "aria-label": `${bot.name} sedang mengetik` }, h("i"), h("i"), h("i"));
  const toEnd = h("button", { type: "button", class: "to-end", hidden: true, "aria-label": "Ke pesan terbaru", onclick: () => readOn() });
  const element = h(
    "div",
    { class: "log", role: "log", "aria-live": "polite", "aria-label": `Pesan ${person.name} dengan ${bot.name}`, tabindex: "0" },
    whenEmpty, list, dots,
  );
  let stuckToEnd = true;
  let hasReadOn = false;
  let lastTop = 0;
  let typingTimer;

  element.addEventListener("scroll", () => noteScroll());
  new ResizeObserver(() => keepEnd()).observe(element);
  list.addEventListener("load", () => keepEnd(), true);

  const isNearEnd = () => element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;

  // Only a person moves the list itself: a keyboard that opens or a picture that loads only moves the end away.
  function noteScroll() {
    const moved = element.scrollTop - lastTop;
    if (isNearEnd()) stuckToEnd = true;
    else if (moved !== 0) stuckToEnd = false;
    hasReadOn ||= moved > 0 && isNearEnd();
    noteTop();
  }

  function noteTop() {
    lastTop = element.scrollTop;
    toEnd.hidden = isNearEnd();
  }

  function readOn() {
    hasReadOn = true;
    scrollToEnd();
  }

  function scrollToEnd() {
    stuckToEnd = true;
    keepEnd();
  }

  function keepEnd() {
    if (stuckToEnd) element.scrollTop = restingTop();
    noteTop();
  }

  // An answer begins with what was asked, so one that is too tall is read from its beginning.
  function restingTop() {
    const newest = list.lastElementChild;
    const isTall = newest && newest.offsetHeight + DAY_PX > element.clientHeight;
    const bottom = element.scrollHeight - element.clientHeight;
    return isTall && !hasReadOn && newest.querySelector(".is-bot") ? newest.offsetTop - DAY_PX : bottom;
  }

  function replaceAll(messages) {
    element.setAttribute("aria-busy", "true");
    items.clear();
    list.replaceChildren();
    for (const message of messages) put(message);
    decorateAll();
    element.removeAttribute("aria-busy");
    scrollToEnd();
  }

  function upsert(message) {
    const isNew = !items.has(message.message_id);
    const item = put(message);
    item.article.classList.toggle("is-new", isNew);
    decorateAll();
    if (message.from === "bot") typing(false);
    if (isNew) hasReadOn = false;
    if (isNew && message.from === "person") stuckToEnd = true;
    keepEnd();
  }

  function put(message) {
    const senderName = message.from === "bot" ? bot.name : person.first_name;
    const article = bubble(message, { actions, senderName });
    const known = items.get(message.message_id);
    if (known) return change(known, message, article);
    const item = { message, article, row: h("li", {}, article) };
    items.set(message.message_id, item);
    list.insertBefore(item.row, rowAfter(message.message_id));
    return item;
  }

  // A new tick alone must not make a screen reader say the whole message again.
  function change(item, message, article) {
    const hadFocus = item.article.contains(document.activeElement);
    const isOnlyTick = isSameButStatus(item.message, message);
    item.message = message;
    if (isOnlyTick) {
      item.article.querySelector(".ticks")?.replaceWith(article.querySelector(".ticks"));
      return item;
    }
    item.article.replaceWith(article);
    item.article = article;
    if (hadFocus) (article.querySelector(".inline-button") ?? element).focus({ preventScroll: true });
    return item;
  }

  function rowAfter(messageId) {
    let next = null;
    for (const [id, item] of items) {
      if (id > messageId && (next === null || id < next.message.message_id)) next = item;
    }
    return next?.row ?? null;
  }

  function ordered() {
    return [...items.values()].sort((a, b) => a.message.message_id - b.message.message_id);
  }

  function decorateAll() {
    whenEmpty.hidden = items.size > 0;
    const all = ordered();
    const lastOwn = all.findLast((item) => isEditable(item.message));
    all.forEach((item, index) => decorate(item, all[index - 1], all[index + 1], item === lastOwn));
  }

  function decorate(item, before, after, isLastOwn) {
    const startsDay = !before || dayOf(before) !== dayOf(item);
    markDay(item, startsDay);
    item.article.classList.toggle("is-first", startsDay || !isSameGroup(before, item));
    item.article.classList.toggle("is-last", !after || dayOf(after) !== dayOf(item) || !isSameGroup(item, after));
    item.article.classList.toggle("is-last-own", isLastOwn);
  }

  // Touched only when it changes, or a screen reader would say the day again at every message.
  function markDay(item, startsDay) {
    const shown = item.row.querySelector(".day");
    if (shown && !startsDay) shown.remove();
    if (!shown && startsDay) item.row.prepend(h("div", { class: "day" }, h("span", {}, dayName(new Date(item.message.date)))));
  }

  function remove(messageId) {
    const item = items.get(messageId);
    if (item) upsert({ ...item.message, deleted: true });
  }

  function typing(isOn) {
    clearTimeout(typingTimer);
    dots.hidden = !isOn;
    if (isOn) typingTimer = setTimeout(() => typing(false), TYPING_MS);
    keepEnd();
  }

  /** Bring the first message of this span into view; false when there is none. */
  function showSpan(from, until) {
    const found = ordered().find(({ message }) => Date.parse(message.date) >= from && Date.parse(message.date) < until);
    if (!found) return false;
    stuckToEnd = false;
    element.scrollTop = found.row.offsetTop - DAY_PX;
    found.article.classList.add("is-shown");
    setTimeout(() => found.article.classList.remove("is-shown"), SHOWN_MS);
    return true;
  }

  const dates = () => [...items.values()].map(({ message }) => Date.parse(message.date));
  const lastEditable = () => ordered().findLast((item) => isEditable(item.message))?.message;
  return { element, toEnd, replaceAll, upsert, remove, typing, showSpan, dates, lastEditable, isEmpty: () => items.size === 0 };
}

const isSameButStatus = (a, b) => JSON.stringify({ ...a, status: "" }) === JSON.stringify({ ...b, status: "" });
const dayOf = (item) => isoDay(new Date(item.message.date));

function isSameGroup(a, b) {
  const apart = Math.abs(new Date(b.message.date) - new Date(a.message.date));
  return a.message.from === b.message.from && apart < GROUP_MS && !a.message.inline?.length;
}
