// What really went over the line, newest first: what the bot sent, and what it was sent.

import { api } from "./api.js";
import { h } from "./dom.js";

const SHOWN_ROWS = 120;
const PAUSE_MS = 400;
const PLAIN = "sendMessage";

const clockTime = (seconds) => new Date(seconds * 1000).toLocaleTimeString("id-ID", { hour12: false });

/** A panel for the drawer; `nameOf(chatId)` gives a person's first name. `changed()` refreshes it while open. */
export function createLedger({ nameOf }) {
  const sums = h("p", { class: "sums", "aria-live": "polite" });
  const sentRows = h("tbody", { "data-role": "ledger" });
  const updateRows = h("tbody");
  const element = h(
    "div",
    { class: "ledger" },
    sums,
    h("h3", {}, "Dikirim bot"), table(["No.", "Jam asli", "Untuk", "Isi"], sentRows),
    h("h3", {}, "Diterima bot"), table(["No.", "Dari", "Jenis", "Diakui"], updateRows),
  );
  let isOpen = false;
  let timer = null;

  function changed() {
    if (!isOpen || timer) return;
    timer = setTimeout(() => { timer = null; refresh(); }, PAUSE_MS);
  }

  async function refresh() {
    try {
      show(await api.ledger());
    } catch (error) {
      sums.textContent = error.message;
    }
  }

  function show(ledger) {
    const open = ledger.updates.filter((update) => !update.acknowledged_at).length;
    sums.textContent = [
      `${ledger.delivered.length} terkirim`, `${ledger.in_flight ?? 0} di jalan`,
      `${ledger.refused?.length ?? 0} ditolak`, open ? `${open} belum diakui` : "semua diakui",
    ].join(" · ");
    sentRows.replaceChildren(...newest(ledger.delivered).map(sentRow));
    updateRows.replaceChildren(...newest(ledger.updates).map(updateRow));
  }

  function sentRow(entry) {
    const words = entry.text || entry.payload?.caption || "";
    return h(
      "tr", {},
      cell(entry.n, "num"), cell(clockTime(entry.at), "num"), cell(nameOf(entry.chat)),
      h("td", { class: "words", title: `${entry.method}\n${words}` }, entry.method !== PLAIN && h("span", { class: "method" }, entry.method), words),
    );
  }

  function updateRow(update) {
    const again = update.deliveries > 1 ? ` (${update.deliveries}×)` : "";
    const state = update.acknowledged_at ? clockTime(update.acknowledged_at) : "menunggu";
    return h("tr", {}, cell(update.update_id, "num"), cell(nameOf(update.chat)), cell(`${update.kind}${again}`), cell(state, "num"));
  }

  return {
    name: "ledger", title: "Buku kirim", drawing: "ledger", element, changed,
    onOpen() { isOpen = true; refresh(); },
    onClose() { isOpen = false; },
  };
}

const newest = (rows) => rows.slice(-SHOWN_ROWS).reverse();

function cell(value, kind) {
  return h("td", { class: kind }, String(value ?? ""));
}

function table(heads, rows) {
  const head = h("thead", {}, h("tr", {}, heads.map((word) => h("th", { scope: "col" }, word))));
  return h("div", { class: "table-frame" }, h("table", {}, head, rows));
}
