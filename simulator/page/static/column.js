// One person's phone: who plays, the chat with the bot, and what can be sent.

import { api } from "./api.js";
import { createAttach } from "./attach.js";
import { createCommands } from "./commands.js";
import { createComposer } from "./composer.js";
import { confirm, pickPhone } from "./dialogs.js";
import { h, icon, iconButton } from "./dom.js";
import { createKeyboard } from "./keyboard.js";
import { createLog } from "./log.js";
import { noteRow } from "./note.js";
import { avatar } from "./people.js";
import { createToast } from "./toast.js";
import { welcome } from "./welcome.js";

const PRESS_MS = 15_000;
const TYPING_MS = 5500;

/** `others()` gives the rest of the cast, `onClose(id)` takes the phone off the table, `onFocus()` runs when it is touched. */
export function createColumn({ person, bot, others, onClose, onFocus }) {
  const toast = createToast();
  const actions = { press, sendCommand: (text) => composer.say(text), beginEdit: (message) => composer.beginEdit(message) };
  const log = createLog({ person, bot, actions, whenEmpty: welcome(person, (text) => composer.say(text)) });
  const keyboard = createKeyboard({ person, onPress: takeChoice, onPlaceholder: (text) => composer.suggest(text) });
  const attach = createAttach({ on: { photos: () => composer.pickPhotos(), file: () => composer.pickFile(), ownContact, otherContact, forwarded: () => composer.forward(), other } });
  const menu = createCommands({ onPick: (text) => { composer.clear(); composer.say(text); } });
  const composer = createComposer({ person, bot, menu, before: attach.button, after: keyboard.toggle, lastEditable: log.lastEditable, onFailed: failed });
  const status = h("span", { class: "phone-status" });
  const blockButton = iconButton("block", "Blokir bot", { name: "block", "aria-pressed": "false", onclick: toggleBlock });
  const gate = h("div", { class: "gate" }, startButton(), unblockButton());
  const element = h(
    "section",
    { class: "phone", "data-person": person.id, "aria-label": `${person.name}, ${person.role}` },
    header(), noteRow(person, (value) => composer.insert(value)),
    h("div", { class: "screen" }, log.element, log.toEnd, toast.element, attach.menu, menu.element),
    h("div", { class: "foot" }, keyboard.element, composer.element, gate),
  );
  let typingTimer;
  let waiting = null;
  log.toEnd.append(icon("down"));
  for (const touch of ["pointerdown", "focusin"]) element.addEventListener(touch, onFocus);
  refreshGate();

  function header() {
    const close = iconButton("close", `Tutup obrolan ${person.first_name}`, { name: "close", onclick: () => onClose(person.id) });
    const words = h("div", { class: "phone-words" }, h("h2", {}, person.name), status);
    return h("header", { class: "phone-head" }, avatar(person), words, blockButton, close);
  }

  function startButton() {
    return h("button", { type: "button", name: "start", class: "button is-main is-wide", onclick: () => composer.inTurn(start) }, "Mulai");
  }

  function unblockButton() {
    return h("button", { type: "button", name: "unblock", class: "button is-wide", onclick: toggleBlock }, "Buka blokir");
  }

  async function start() {
    await api.start(person.id);
    person.started = true;
    refreshGate();
    composer.focus();
  }

  function toggleBlock() {
    composer.inTurn(async () => {
      await api.block(person.id, !person.blocked);
      person.blocked = !person.blocked;
      refreshGate();
    });
  }

  function refreshGate() {
    const canWrite = person.started && !person.blocked;
    element.classList.toggle("is-gated", !canWrite);
    composer.element.hidden = !canWrite;
    keyboard.element.classList.toggle("is-off", !canWrite);
    gate.hidden = canWrite;
    gate.children[0].hidden = person.started || person.blocked;
    gate.children[1].hidden = !person.blocked;
    blockButton.setAttribute("aria-pressed", String(Boolean(person.blocked)));
    blockButton.hidden = !person.started;
    showStatus();
  }

  function showStatus(isTyping = false) {
    status.textContent = isTyping ? `${bot.name} sedang mengetik…` : person.blocked ? `Memblokir ${bot.name}` : person.role;
    status.classList.toggle("is-typing", isTyping);
  }

  function takeChoice(button) {
    if (button.request_contact) return ownContact();
    return composer.say(button.text);
  }

  // What is said by the tour goes the way of a tap, wherever the choice hangs.
  function takeText(text) {
    const choice = [...element.querySelectorAll(".reply-button, .inline-button")].findLast((button) => button.textContent === text);
    if (choice) choice.click();
    else composer.say(text);
  }

  async function ownContact() {
    const text = `${bot.name} akan menerima nomor ${person.phone ?? "telepon"} milik ${person.name}.`;
    if (await confirm({ title: "Bagikan nomor Anda?", text, yes: "Bagikan", name: "share-contact" })) {
      composer.inTurn(() => api.contact(person.id));
    }
  }

  async function otherContact() {
    const phone = await pickPhone(others());
    if (phone) composer.inTurn(() => api.contact(person.id, { own: false, phone }));
  }

  function other(kind) {
    composer.inTurn(() => api.other(person.id, kind));
  }

  async function press(message, button, node) {
    const rest = () => node.classList.remove("is-busy");
    node.classList.add("is-busy");
    setTimeout(rest, PRESS_MS);
    await api.press(person.id, message.message_id, button.data).catch((error) => { rest(); failed(error); });
  }

  function answered(event) {
    for (const node of element.querySelectorAll(".is-busy")) node.classList.remove("is-busy");
    toast.show(event.text, { isAlert: event.alert });
  }

  function failed(error) {
    toast.show(error.message, { isError: true });
  }

  // What happens while the chat is being fetched may be missing in it: it waits and is applied on top.
  async function load() {
    waiting ??= [];
    try {
      const chat = await api.chat(person.id);
      log.replaceAll(chat.messages);
      keyboard.set(chat.keyboard);
      noteStarted();
    } finally {
      const missed = waiting ?? [];
      waiting = null;
      missed.forEach((event) => apply(event));
    }
  }

  function apply(event) {
    if (waiting) waiting.push(event);
    else handlers[event.type]?.(event);
  }

  function noteStarted() {
    if (!log.isEmpty()) person.started = true;
    refreshGate();
  }

  function typing() {
    clearTimeout(typingTimer);
    log.typing(true);
    showStatus(true);
    typingTimer = setTimeout(showStatus, TYPING_MS);
  }

  function receive(message) {
    log.upsert(message);
    if (message.from === "bot") { clearTimeout(typingTimer); showStatus(); }
    if (!person.started) noteStarted();
  }

  const handlers = {
    message: (event) => receive(event.message),
    edit: (event) => receive(event.message),
    delete: (event) => log.remove(event.message_id),
    keyboard: (event) => keyboard.set(event.keyboard),
    typing,
    toast: answered,
  };

  function learn(fresh) {
    Object.assign(person, fresh);
    refreshGate();
  }

  return { element, load: () => load().catch(failed), learn, apply, say: takeText, focus: composer.focus, showSpan: log.showSpan, dates: log.dates };
}
