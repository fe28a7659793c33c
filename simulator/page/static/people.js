// The cast: a rail beside the phones, which on a narrow screen becomes the tabs above them.

import { h } from "./dom.js";

const COLOURS = 6;

function initials(person) {
  const words = person.name.split(/\s+/).filter(Boolean);
  return words.slice(0, 2).map((word) => word[0].toUpperCase()).join("");
}

export function avatar(person) {
  return h("span", { class: `avatar avatar-${person.id % COLOURS}`, "aria-hidden": "true" }, initials(person));
}

/** A person's initial alone, small, in their colour. */
export function face(person, className) {
  return h("span", { class: `${className} avatar-${person.id % COLOURS}`, title: person.name }, person.first_name[0]);
}

/** `onPick(id)` brings a person's phone to the front; counts of unread messages hang on the tabs. */
export function createPeople({ element, people, onPick }) {
  const tabs = new Map();
  for (const person of people) tabs.set(person.id, tabOf(person));
  element.replaceChildren(...[...tabs.values()].map((tab) => tab.button));

  function tabOf(person) {
    const badge = h("span", { class: "badge", hidden: true });
    const button = h(
      "button",
      { type: "button", class: "person-tab", "data-tab": person.id, title: [person.name, person.role, person.note].filter(Boolean).join("\n"), onclick: () => onPick(person.id) },
      h("span", { class: "tab-face" }, avatar(person), badge),
      h("span", { class: "tab-name" }, person.first_name ?? person.name),
      h("span", { class: "tab-role" }, person.role),
    );
    return { button, badge, unread: 0 };
  }

  function setUnread(tab, count) {
    tab.unread = count;
    tab.badge.hidden = count === 0;
    tab.badge.textContent = count > 9 ? "9+" : String(count);
    tab.badge.setAttribute("aria-label", `${count} pesan baru`);
  }

  return {
    setOpen: (id, isOpen) => tabs.get(id)?.button.classList.toggle("is-open", isOpen),
    setCurrent(id) {
      for (const [key, tab] of tabs) {
        if (key === id) tab.button.setAttribute("aria-current", "true");
        else tab.button.removeAttribute("aria-current");
      }
      tabs.get(id)?.button.scrollIntoView({ block: "nearest", inline: "nearest" });
    },
    setUnread: (id, count) => tabs.has(id) && setUnread(tabs.get(id), count),
    countUnread(id) {
      const tab = tabs.get(id);
      if (tab) setUnread(tab, tab.unread + 1);
    },
  };
}
