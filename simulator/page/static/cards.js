// One card of what is kept, one line of what was sent.

import { h, icon } from "./dom.js";
import { hourMinute, shortDate } from "./time.js";

function when(iso, today) {
  const moment = new Date(iso);
  return h("time", { datetime: iso, class: "card-at" }, iso.startsWith(today) ? hourMinute(moment) : shortDate(moment));
}

const badge = () => h("span", { class: "card-new" }, "baru");

export function card(row, { isFresh, today }) {
  return h(
    "li", { class: `card${isFresh ? " is-fresh" : ""}`, "data-row": row.id },
    h("header", { class: "card-head" }, h("h3", {}, row.title), badge(), when(row.at, today)),
    row.lines.map((line) => h("p", { class: "card-line" }, line)),
    (row.code || row.tag) && h("p", { class: "card-marks" }, row.code && h("span", { class: "card-code" }, row.code), row.tag && h("span", { class: "card-tag" }, row.tag)),
    (row.sealed || row.readers) && sealedPart(row),
  );
}

function sealedPart(row) {
  const bytes = row.sealed && h("code", { title: "Begini isinya di basis data" }, row.sealed, " …");
  return h("div", { class: "card-seal" }, icon("lock"), h("p", {}, bytes, row.readers && h("span", {}, row.readers)));
}

export function sentRow(row, { isFresh, today }) {
  return h(
    "li", { class: `card sent${isFresh ? " is-fresh" : ""}`, "data-row": row.id },
    h("header", { class: "card-head" }, h("h3", {}, row.title), badge(), when(row.at, today)),
    h(
      "p", { class: "card-marks" },
      h("span", { class: `card-tag${row.is_done ? " is-done" : ""}` }, row.is_done && icon("check"), row.state),
      row.class && h("span", { class: "card-tag" }, row.class),
      h("code", { class: "card-name" }, row.message),
      row.repeat && h("span", { class: "card-tag" }, "diulang"),
      Number.isFinite(row.ms) && h("span", { class: "card-ms" }, took(row.ms)),
    ),
  );
}

function took(ms) {
  return ms < 1000 ? `${ms} md` : `${(ms / 1000).toLocaleString("id-ID", { maximumFractionDigits: 1 })} dtk`;
}
