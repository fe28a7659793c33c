// Puts the page together: state from the simulator in, phones on the table, events to the phone they belong to.

import { api } from "./api.js";
import { createClock } from "./clock.js";
import { createDrawer } from "./drawer.js";
import { createFaults } from "./faults.js";
import { role } from "./dom.js";
import { createLedger } from "./ledger.js";
import { follow } from "./live.js";
import { showIntro, showTimeControls } from "./intro.js";
import { createTable } from "./table.js";

const OPEN_AT_FIRST = 3;

const clock = createClock({ onWarning: (sentence) => notice("warning", sentence) });
const ledger = createLedger({ nameOf: (id) => table?.nameOf(id) ?? String(id ?? "") });
const faults = createFaults({ onChange: (isOn) => drawer.mark(faults, isOn) });
const drawer = createDrawer({ panels: [ledger, faults] });
let table = null;

function notice(name, sentence) {
  role(name).textContent = sentence ?? "";
  role(name).hidden = !sentence;
}

async function refresh() {
  try {
    const state = await api.state();
    clock.hear(state.now);
    table ??= firstTable(state);
    await table.refresh(state.people);
    ledger.changed();
    notice("connection", null);
  } catch (error) {
    notice("connection", error.message);
  }
}

function firstTable(state) {
  role("place").textContent = state.title ?? "Peragaan";
  clock.offer(state.moments ?? []);
  const made = createTable({ people: state.people, bot: state.bot });
  const wanted = state.people.filter((person) => person.open);
  for (const person of wanted.length ? wanted : state.people.slice(0, OPEN_AT_FIRST)) made.place(person.id);
  return made;
}

function receive(event) {
  if (event.type === "reset") refresh();
  else if (event.type === "clock") clock.hear(event.now);
  else if (event.type !== "ledger") table?.receive(event);
  ledger.changed();
}

notice("connection", "Menyambung ke simulator…");
showIntro();
showTimeControls();
follow({
  onOpen: refresh,
  onLost: () => notice("connection", "Sambungan ke simulator terputus. Mencoba lagi…"),
  onEvent: receive,
});
