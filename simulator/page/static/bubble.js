// One message as it hangs in the chat.

import { h, hidden, icon, iconButton } from "./dom.js";
import { richText } from "./text.js";
import { hourMinute } from "./time.js";

const KINDS = {
  sticker: ["sticker", "Stiker"],
  voice: ["voice", "Pesan suara"],
  audio: ["audio", "Audio"],
  video: ["video", "Video"],
  video_note: ["video", "Pesan video"],
  animation: ["video", "Animasi"],
  location: ["location", "Lokasi"],
  venue: ["location", "Tempat"],
  poll: ["poll", "Jajak pendapat"],
  dice: ["dice", "Dadu"],
  story: ["story", "Cerita"],
  document: ["document", "Dokumen"],
  contact: ["contact", "Kontak"],
  photo: ["photo", "Foto"],
  service: ["check", "Pemberitahuan"],
};

/** The article of one message; `actions` are what a person can do with it. */
export function bubble(message, { actions, senderName }) {
  const mine = message.from === "person";
  return h(
    "article",
    {
      class: `message ${mine ? "is-mine" : "is-bot"}${message.deleted ? " is-deleted" : ""}`,
      "data-message-id": message.message_id,
      "data-from": message.from,
      "data-kind": message.kind ?? "text",
    },
    h("div", { class: "bubble" }, hidden(`${senderName}: `), content(message, actions), meta(message, mine)),
    !message.deleted && inlineKeyboard(message, actions),
    isEditable(message, mine) && editButton(message, actions),
  );
}

export function isEditable(message, mine = message.from === "person") {
  return mine && !message.deleted && (message.kind ?? "text") === "text" && Boolean(message.text);
}

function content(message, actions) {
  if (message.deleted) return h("p", { class: "text" }, "Pesan ini dihapus");
  return [
    media(message),
    message.text && h("div", { class: "text" }, richText(message.text, message.entities, actions.sendCommand)),
  ];
}

function media(message) {
  if (message.photo) return photo(message);
  if (message.document) return file(message.document);
  const known = KINDS[message.kind];
  if (!known) return null;
  return h("p", { class: "kind" }, h("span", { class: "kind-icon" }, icon(known[0])), known[1]);
}

function photo(message) {
  return h(
    "a",
    { class: "photo", href: message.photo, target: "_blank", rel: "noopener" },
    h("img", { src: message.photo, alt: message.text ? "Foto dengan keterangan" : "Foto", loading: "lazy" }),
  );
}

function file(document) {
  const isPdf = /\.pdf$/i.test(document.name);
  const words = h("span", { class: "file-words" }, h("strong", {}, document.name), h("small", {}, sizeOf(document.size)));
  const save = h("a", { class: "file", href: document.url, download: document.name, rel: "noopener", title: "Unduh" }, h("span", { class: "kind-icon" }, icon("document")), words);
  const open = isPdf && h("a", { class: "file-open", href: `${document.url}?open`, target: "_blank", rel: "noopener" }, "Buka");
  return h("div", { class: "file-row" }, save, open);
}

function sizeOf(bytes) {
  if (!Number.isFinite(bytes)) return "Berkas";
  const number = (value) => value.toLocaleString("id-ID", { maximumFractionDigits: 1 });
  return bytes < 1_000_000 ? `${number(bytes / 1000)} KB` : `${number(bytes / 1_000_000)} MB`;
}

function meta(message, mine) {
  const date = new Date(message.date);
  return h(
    "span",
    { class: "meta" },
    message.edited && !message.deleted && h("span", { class: "edited" }, "diubah"),
    h("time", { datetime: message.date }, hourMinute(date)),
    mine && ticks(message.status),
  );
}

function ticks(status) {
  const arrived = status === "delivered";
  return h("span", { class: "ticks" }, icon(arrived ? "checks" : "check"), hidden(arrived ? "sampai di bot" : "terkirim"));
}

function inlineKeyboard(message, actions) {
  if (!message.inline?.length) return null;
  const rows = message.inline.map((row) => h("div", { class: "inline-row" }, row.map((button) => inlineButton(message, button, actions))));
  return h("div", { class: "inline-keyboard", role: "group", "aria-label": "Pilihan di bawah pesan" }, rows);
}

function inlineButton(message, button, actions) {
  if (button.url) {
    return h("a", { class: "inline-button", href: button.url, target: "_blank", rel: "noopener noreferrer" }, button.text);
  }
  const press = (event) => actions.press(message, button, event.currentTarget);
  return h("button", { type: "button", class: "inline-button", onclick: press }, button.text);
}

function editButton(message, actions) {
  return iconButton("pencil", "Ubah pesan ini", { class: "icon-button edit-button", onclick: () => actions.beginEdit(message) });
}
