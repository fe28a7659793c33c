// Small questions that must be answered before something is sent.

import { h } from "./dom.js";

/** Ask and wait; `build(close)` gives the body. Resolves to what `close` was called with, null when dismissed. */
function ask(title, build) {
  return new Promise((resolve) => {
    const dialog = h("dialog", { class: "dialog", "aria-label": title });
    const close = (value = null) => {
      resolve(value);
      dialog.close();
    };
    dialog.append(h("h2", {}, title), ...build(close));
    dialog.addEventListener("close", () => { resolve(null); dialog.remove(); });
    dialog.addEventListener("click", (event) => event.target === dialog && close());
    document.body.append(dialog);
    dialog.showModal();
  });
}

function footer(close, yes) {
  const cancel = h("button", { type: "button", class: "button", name: "cancel", onclick: () => close() }, "Batal");
  return h("div", { class: "dialog-buttons" }, cancel, yes);
}

/** True when the person agrees. */
export async function confirm({ title, text, yes, name = "confirm" }) {
  const answer = await ask(title, (close) => [
    h("p", {}, text),
    footer(close, h("button", { type: "button", class: "button is-main", name, autofocus: true, onclick: () => close(true) }, yes)),
  ]);
  return answer === true;
}

/** The phone number of somebody else, or null. */
export function pickPhone(people) {
  return ask("Kirim kontak orang lain", (close) => {
    const input = h("input", { type: "tel", name: "phone", class: "field", placeholder: "+62 812 …", "aria-label": "Nomor telepon lain" });
    const send = () => input.value.trim() && close(input.value.trim());
    input.addEventListener("keydown", (event) => event.key === "Enter" && send());
    const choices = people.filter((other) => other.phone).map((other) => choice(other, close));
    return [
      h("div", { class: "choices" }, choices),
      h("label", { class: "field-label" }, "Atau nomor lain", input),
      footer(close, h("button", { type: "button", class: "button is-main", onclick: send }, "Kirim")),
    ];
  });
}

function choice(other, close) {
  return h(
    "button",
    { type: "button", class: "choice", onclick: () => close(other.phone) },
    h("strong", {}, other.name), h("small", {}, other.phone),
  );
}
