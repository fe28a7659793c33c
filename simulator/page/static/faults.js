// What can go wrong between the platform and the bot, made to happen on purpose.

import { api } from "./api.js";
import { confirm } from "./dialogs.js";
import { h } from "./dom.js";

const CALM = { latency_ms: 0, rate_limits: false, fail: [], duplicate_updates: 0, reorder_updates: false, platform_down: false };
const LATENCIES = [[0, "Tidak ada"], [300, "0,3 detik"], [1500, "1,5 detik"], [5000, "5 detik"]];
const DUPLICATES = [[0, "Tidak ada"], [0.2, "Satu dari lima"], [1, "Semua"]];
const ONCE = [
  { label: "429, tunggu 5 detik", fail: { kind: "429", times: 1, retry_after: 5 } },
  { label: "Galat 500, tiga kali", fail: { kind: "500", times: 3 } },
  { label: "Putus sesudah diterima", fail: { kind: "cut_after_accept", times: 1 } },
  { label: "Putus sebelum diterima", fail: { kind: "cut_before", times: 1 } },
  { label: "Halaman HTML, bukan JSON", fail: { kind: "html", times: 1 } },
  { label: "Macet tanpa jawaban", fail: { kind: "hang", times: 1 } },
];

/** A panel for the drawer; `onChange(isDisturbed)` marks its button. */
export function createFaults({ onChange }) {
  const said = h("p", { class: "said", role: "status" });
  const latency = select("latency", LATENCIES, (value) => apply({ latency_ms: value }));
  const duplicates = select("duplicates", DUPLICATES, (value) => apply({ duplicate_updates: value }));
  const switches = [
    flip("platform_down", "Platform padam", "Bot tidak dapat mengirim maupun menerima."),
    flip("rate_limits", "Batas kirim", "30 pesan sedetik, satu sedetik untuk tiap obrolan."),
    flip("reorder_updates", "Urutan tertukar", "Pesan sampai di bot tidak menurut urutan."),
  ];
  const element = h(
    "div",
    { class: "faults" },
    h("p", { class: "lead" }, "Ganggu jalurnya, lalu lihat: yang sudah dicatat tetap tercatat, sekali saja."),
    h("label", { class: "field-label" }, "Jeda jawaban", latency),
    h("label", { class: "field-label" }, "Pesan sampai dua kali", duplicates),
    switches.map((each) => each.element),
    h("h3", {}, "Sekali pada kiriman berikutnya"),
    h("div", { class: "once" }, ONCE.map(onceButton)),
    said,
    h("div", { class: "faults-end" }, button("calm", "Pulihkan semua", calm), button("reset", "Kosongkan obrolan…", reset)),
  );

  function flip(key, label, words) {
    const input = h("input", { type: "checkbox", name: key, role: "switch", onchange: () => apply({ [key]: input.checked }) });
    const text = h("span", {}, h("strong", {}, label), h("small", {}, words));
    return { key, input, element: h("label", { class: "flip" }, text, input) };
  }

  function onceButton({ label, fail }) {
    return h("button", { type: "button", class: "chip", onclick: () => apply({}, [{ method: "sendMessage", ...fail }], `Siap: ${label}.`) }, label);
  }

  const pending = (faults) => faults.fail.filter((each) => each.times > 0);

  // The simulator forgets what a new description leaves out, so the present one is asked for first.
  async function apply(change, fail = [], words = "Tersimpan.") {
    try {
      const now = await api.faultsNow();
      show(await api.faults({ ...now, fail: [...pending(now), ...fail], ...change }));
      said.textContent = words;
    } catch (error) {
      said.textContent = error.message;
    }
  }

  function show(faults) {
    for (const each of switches) each.input.checked = faults[each.key];
    latency.value = String(faults.latency_ms);
    duplicates.value = String(faults.duplicate_updates);
    const isDisturbed = Object.keys(CALM).some((key) => key !== "fail" && faults[key] !== CALM[key]);
    onChange(isDisturbed || pending(faults).length > 0);
  }

  async function refresh() {
    await api.faultsNow().then(show, (error) => { said.textContent = error.message; });
  }

  function calm() {
    return apply(CALM, [], "Semua kembali lancar.");
  }

  async function reset() {
    const text = "Semua pesan dan buku kirim di halaman ini dihapus. Catatan di dalam bot tetap ada.";
    if (!(await confirm({ title: "Kosongkan obrolan?", text, yes: "Kosongkan" }))) return;
    await api.reset().catch((error) => { said.textContent = error.message; });
  }

  return { name: "faults", title: "Gangguan", drawing: "faults", element, onOpen: refresh };
}

function select(name, options, onPick) {
  const node = h("select", { name, class: "field", onchange: () => onPick(Number(node.value)) }, options.map(([value, label]) => h("option", { value }, label)));
  return node;
}

function button(name, label, act) {
  return h("button", { type: "button", class: "button", name, onclick: act }, label);
}
