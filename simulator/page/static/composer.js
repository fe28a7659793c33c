// Where a person writes. What Send does depends on the mode: plain, editing, photos chosen, or forwarded.

import { api } from "./api.js";
import { h, icon, iconButton } from "./dom.js";

const MAX_HEIGHT_PX = 132;
const PLAIN = { kind: "plain" };

/** `menu` offers the bot's commands; `before` and `after` are buttons beside the box; `onFailed(error)` is told when a call fails. */
export function createComposer({ person, bot, menu, before, after, lastEditable, onFailed }) {
  const box = h("textarea", {
    name: "text", rows: "1", placeholder: "Tulis pesan", enterkeyhint: "send", autocomplete: "off",
    "aria-label": `Pesan ${person.first_name} untuk ${bot.name}`, oninput: () => fit(), onkeydown: onKey,
  });
  const send = h("button", { type: "submit", name: "send", class: "send", "aria-label": "Kirim", title: "Kirim" }, icon("send"));
  const bannerWords = h("span", { class: "banner-words" });
  const banner = h("div", { class: "banner", hidden: true }, bannerWords, iconButton("close", "Batalkan", { onclick: () => leave() }));
  const picker = h("input", { type: "file", name: "photos", accept: "image/*", multiple: true, class: "visually-hidden", tabindex: "-1", "aria-label": "Pilih foto", onchange: photosChosen });
  const filePicker = h("input", { type: "file", name: "document", class: "visually-hidden", tabindex: "-1", "aria-label": "Pilih berkas", onchange: fileChosen });
  const row = h("div", { class: "composer-row" }, before, box, after, send);
  const element = h("form", { class: "composer", onsubmit: submit }, banner, picker, filePicker, row);
  let mode = PLAIN;
  let line = Promise.resolve();

  function onKey(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) submit(event);
    if (event.key === "Escape" && mode !== PLAIN) leave();
    if (event.key === "ArrowUp" && !box.value && lastEditable()) { event.preventDefault(); beginEdit(lastEditable()); }
  }

  function fit() {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, MAX_HEIGHT_PX)}px`;
    element.classList.toggle("can-send", Boolean(box.value.trim()) || Boolean(mode.files));
    menu.offer(mode === PLAIN ? box.value : "");
  }

  function enter(next, words) {
    mode = next;
    bannerWords.textContent = words ?? "";
    banner.hidden = !words;
    fit();
    box.focus();
  }

  function leave() {
    if (mode.kind === "edit") box.value = "";
    picker.value = filePicker.value = "";
    enter(PLAIN);
  }

  function beginEdit(message) {
    box.value = message.text;
    enter({ kind: "edit", message }, "Mengubah pesan Anda");
  }

  function photosChosen() {
    const files = [...picker.files];
    if (files.length === 0) return;
    const what = files.length === 1 ? "1 foto" : `Album ${files.length} foto`;
    enter({ kind: "photos", files }, `${what}. Tulis keterangan bila perlu, lalu kirim.`);
  }

  function fileChosen() {
    const files = [...filePicker.files];
    if (files.length) enter({ kind: "document", files }, `${files[0].name}. Tulis keterangan bila perlu, lalu kirim.`);
  }

  function submit(event) {
    event.preventDefault();
    const text = box.value.trim();
    const sent = mode;
    if (!text && !sent.files) return;
    box.value = "";
    picker.value = filePicker.value = "";
    enter(PLAIN);
    inTurn(() => deliver(sent, text), () => restore(text));
  }

  function restore(text) {
    if (!box.value) box.value = text;
    fit();
  }

  // Calls go out one after another, so that what was typed first also arrives first.
  function inTurn(act, undo = () => {}) {
    line = line.then(act).catch((error) => { undo(); onFailed(error); });
    return line;
  }

  function deliver(sent, text) {
    if (sent.kind === "edit") return api.edit(person.id, sent.message.message_id, text);
    if (sent.kind === "photos") return api.photo(person.id, sent.files, text);
    if (sent.kind === "document") return api.document(person.id, sent.files, text);
    return api.say(person.id, text, sent.kind === "forwarded" ? { forwarded: true } : {});
  }

  function insert(value) {
    const gap = box.value && !/\s$/.test(box.value) ? " " : "";
    box.value += gap + value;
    fit();
    box.focus();
  }

  function suggest(placeholder) {
    box.placeholder = placeholder ?? "Tulis pesan";
  }

  return {
    element, insert, suggest, beginEdit, inTurn,
    focus: () => box.focus({ preventScroll: true }),
    clear() { box.value = ""; fit(); },
    say: (text) => inTurn(() => api.say(person.id, text)),
    pickPhotos: () => picker.click(),
    pickFile: () => filePicker.click(),
    forward: () => enter({ kind: "forwarded" }, "Dikirim sebagai pesan terusan"),
  };
}
