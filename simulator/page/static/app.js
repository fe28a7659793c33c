// Puts the page together: state from the simulator in, phones on the table, events to the phone they belong to.

import { api } from "./api.js";
import { createClock } from "./clock.js";
import { createDrawer } from "./drawer.js";
import { createFaults } from "./faults.js";
import { role } from "./dom.js";
import { createFolds } from "./folds.js";
import { createHappenings } from "./happenings.js";
import { createLedger } from "./ledger.js";
import { follow } from "./live.js";
import { createRecord } from "./record.js";
import { createTable } from "./table.js";
import { createTour } from "./tour.js";

const OPEN_AT_FIRST = 3;

const clock = createClock({
  onWarning: (sentence) => notice("warning", sentence),
  onLook: (from, until) => table?.showSpan(from, until),
  onMoved: () => record.changed(),
});
const happenings = createHappenings({ onWarning: (sentence) => notice("warning", sentence) });
const record = createRecord({ onNews: () => folds.noteNews(), onFold: () => folds.showRecord(false) });
const ledger = createLedger({ nameOf: (id) => table?.nameOf(id) ?? String(id ?? "") });
const faults = createFaults({ onChange: (isOn) => drawer.mark(faults, isOn) });
const drawer = createDrawer({ panels: [ledger, faults] });
const folds = createFolds({ onTour: () => tour.show(), onRecord: () => record.choose("stored") });
const tour = createTour({ clock, folds, pick: (id) => table?.pick(id), onSay: (id, text) => table?.say(id, text) });
let table = null;

function notice(name, sentence) {
  role(name).textContent = sentence ?? "";
  role(name).hidden = !sentence;
}

async function refresh() {
  try {
    const state = await api.state();
    clock.hear(state);
    const isFirst = table === null;
    table ??= firstTable(state);
    await table.refresh(state.people);
    if (isFirst) tour.offer(state.tour ?? []);
    ledger.changed();
    notice("connection", null);
  } catch (error) {
    notice("connection", error.message);
  }
}

function firstTable(state) {
  role("place").textContent = state.title ?? "Peragaan";
  clock.offer(state.moments ?? []);
  happenings.offer(state.happenings ?? []);
  const made = createTable({ people: state.people, bot: state.bot, onFollow: record.follow, onHappened: clock.happened });
  const wanted = state.people.filter((person) => person.open);
  for (const person of wanted.length ? wanted : state.people.slice(0, OPEN_AT_FIRST)) made.place(person.id);
  return made;
}

function receive(event) {
  if (event.type === "reset") refresh();
  else if (event.type === "clock") clock.hear(event);
  else if (event.type !== "ledger") table?.receive(event);
  tour.receive(event);
  record.changed();
  ledger.changed();
}

notice("connection", "Menyambung ke simulator…");
follow({
  onOpen: refresh,
  onLost: () => notice("connection", "Sambungan ke simulator terputus. Mencoba lagi…"),
  onEvent: receive,
});
