// The menu behind the paper clip: everything a person may send that is not a line of text.

import { h, icon, iconButton } from "./dom.js";

const OTHER_KINDS = [
  ["sticker", "Stiker"], ["voice", "Suara"], ["video", "Video"],
  ["location", "Lokasi"], ["poll", "Jajak"], ["dice", "Dadu"], ["audio", "Audio"],
  ["venue", "Tempat", "location"], ["animation", "Animasi", "video"], ["video_note", "Pesan video", "video"], ["story", "Cerita"],
];

/** `on` has photos(), file(), ownContact(), otherContact(), forwarded() and other(kind). */
export function createAttach({ on }) {
  const menu = h("div", { class: "attach-menu", role: "menu", "aria-label": "Lampirkan", hidden: true });
  const button = iconButton("attach", "Lampirkan", { name: "attach", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => show(menu.hidden) });
  const items = [
    item("photo", "Foto", on.photos), item("document", "Dokumen", on.file), item("contact", "Kontak saya", on.ownContact),
    item("contacts", "Kontak lain", on.otherContact), item("forward", "Sebagai terusan", on.forwarded),
    ...OTHER_KINDS.map(([kind, label, drawing]) => item(drawing ?? kind, label, () => on.other(kind), kind)),
  ];
  menu.append(...items);
  menu.addEventListener("keydown", move);
  document.addEventListener("pointerdown", (event) => {
    if (!menu.hidden && !menu.contains(event.target) && !button.contains(event.target)) show(false);
  });

  function item(drawing, label, act, kind = drawing) {
    const run = () => { show(false); act(); };
    return h("button", { type: "button", role: "menuitem", class: "attach-item", "data-send": kind, onclick: run }, h("span", { class: "kind-icon" }, icon(drawing)), label);
  }

  function show(isShown) {
    menu.hidden = !isShown;
    button.setAttribute("aria-expanded", String(isShown));
    if (isShown) items[0].focus({ preventScroll: true });
  }

  function move(event) {
    const step = { ArrowRight: 1, ArrowDown: 4, ArrowLeft: -1, ArrowUp: -4 }[event.key];
    if (event.key === "Escape") { show(false); button.focus(); }
    if (!step) return;
    event.preventDefault();
    const at = items.indexOf(document.activeElement);
    items[(at + step + items.length) % items.length].focus();
  }

  return { button, menu };
}
