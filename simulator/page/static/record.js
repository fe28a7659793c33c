// Beside the chats: what the bot keeps of the person in focus, and what it has sent them.

import { api } from "./api.js";
import { card, sentRow } from "./cards.js";
import { h, iconButton, role } from "./dom.js";
import { avatar } from "./people.js";

const PAUSES_MS = [250, 1200]; // a message is marked as sent a little after it stands in the chat
const FRESH_MS = 2000;
const TABS = [["stored", "Tersimpan"], ["sent", "Terkirim"]];
const NOTHING = {
  stored: "Belum ada catatan hari ini. Tulis sesuatu di obrolan, dan yang dicatat bot muncul di sini.",
  sent: "Belum ada yang dikirim bot hari ini.",
};

/** `onNews(hasNews)` is told when something new was kept while the panel is folded away. */
export function createRecord({ onNews, onFold }) {
  const element = role("record");
  const who = h("div", { class: "record-who" });
  const lists = { stored: listOf("stored"), sent: listOf("sent") };
  const tabs = TABS.map(tabOf);
  const said = h("p", { class: "record-said", role: "status" });
  let person = null;
  let known = null; // what stood here before, to see what is new; null while a person is new here
  let timers = [];
  element.append(
    h("header", { class: "record-head" }, who, iconButton("close", "Tutup catatan", { name: "close-record", onclick: onFold })),
    h("div", { class: "record-tabs", role: "tablist", "aria-label": "Catatan bot" }, tabs),
    said, lists.stored, lists.sent,
  );
  element.addEventListener("keydown", (event) => event.key === "Escape" && onFold());
  choose("stored");

  function tabOf([name, label]) {
    const count = h("span", { class: "tab-count" });
    return h("button", { type: "button", role: "tab", id: `tab-${name}`, class: "record-tab", name: `tab-${name}`, "aria-controls": `list-${name}`, onclick: () => choose(name), onkeydown: turn }, label, count);
  }

  function listOf(name) {
    return h("ol", { class: `record-list is-${name}`, id: `list-${name}`, "data-role": name, role: "tabpanel", "aria-labelledby": `tab-${name}`, tabindex: "0" });
  }

  function turn(event) {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = tabs.find((tab) => tab !== event.currentTarget);
    other.click();
    other.focus();
  }

  function choose(name) {
    tabs.forEach((tab) => {
      const isChosen = tab.id === `tab-${name}`;
      tab.setAttribute("aria-selected", String(isChosen));
      tab.tabIndex = isChosen ? 0 : -1;
    });
    for (const [each, list] of Object.entries(lists)) list.hidden = each !== name;
  }

  function follow(next) {
    if (next.id === person?.id) return;
    person = next;
    known = null;
    who.replaceChildren(avatar(person), h("div", {}, h("h2", {}, "Yang dicatat bot"), h("p", {}, `tentang ${person.name}`)));
    refresh();
  }

  function changed() {
    timers.forEach(clearTimeout);
    timers = PAUSES_MS.map((pause) => setTimeout(refresh, pause));
  }

  async function refresh() {
    const asked = person;
    if (!asked) return;
    try {
      const found = await api.stored(asked.id);
      if (asked === person) show(found);
      said.textContent = "";
    } catch (error) {
      said.textContent = error.message;
    }
  }

  function show(found) {
    const before = known;
    const rows = [...found.stored].sort((a, b) => b.at.localeCompare(a.at));
    known = new Map([...rows, ...found.sent].map((row) => [row.id, JSON.stringify(row)]));
    const isFresh = (row) => before !== null && before.get(row.id) !== JSON.stringify(row);
    fill("stored", rows.map((row) => card(row, { isFresh: isFresh(row), today: found.day })));
    fill("sent", found.sent.map((row) => sentRow(row, { isFresh: isFresh(row), today: found.day })));
    if (!rows.some(isFresh)) return;
    lists.stored.scrollTop = 0;
    onNews();
  }

  // What did not change keeps its node, so that a mark of news lives out its two seconds.
  function fill(name, fresh) {
    const old = new Map([...lists[name].children].map((node) => [node.dataset.row, node]));
    const nodes = fresh.map((node) => {
      const kept = old.get(node.dataset.row);
      return kept && !node.classList.contains("is-fresh") ? kept : node;
    });
    lists[name].replaceChildren(...(nodes.length ? nodes : [h("li", { class: "record-nothing" }, NOTHING[name])]));
    tabs.find((tab) => tab.id === `tab-${name}`).querySelector(".tab-count").textContent = nodes.length || "";
    for (const node of nodes) if (node.classList.contains("is-fresh")) setTimeout(() => node.classList.remove("is-fresh"), FRESH_MS);
  }

  return { element, follow, changed, choose };
}
