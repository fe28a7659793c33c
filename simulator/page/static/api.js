// The page's address ends in its key, so every call is relative and the key is never handled here.

/** A failed call; its message is a sentence for the person at the screen. */
export class CallFailed extends Error {}

const SENTENCES = {
  403: "Halaman ini hanya dapat dipakai di komputer yang menjalankan simulator.",
  404: "Itu sudah tidak ada di simulator. Muat ulang halaman ini.",
  409: "Orang ini memblokir bot. Buka blokirnya dulu.",
  413: "Terlalu besar. Berkas paling besar 10 MB.",
};

async function answerOf(response, refusal) {
  if (response.ok) return response.json();
  throw new CallFailed(SENTENCES[response.status] ?? refusal ?? `Simulator menolak (${response.status}).`);
}

async function call(path, options, refusal) {
  let response;
  try {
    response = await fetch(`api/${path}`, { cache: "no-store", ...options });
  } catch {
    throw new CallFailed("Simulator tidak menjawab. Coba lagi sebentar lagi.");
  }
  return answerOf(response, refusal);
}

function post(path, body, refusal) {
  return call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }, refusal);
}

function upload(path, { user, files, caption }, refusal) {
  const form = new FormData();
  form.append("user", String(user));
  if (caption) form.append("caption", caption);
  for (const file of files) form.append("file", file, file.name);
  return call(path, { method: "POST", body: form }, refusal);
}

export const api = {
  state: () => call("state"),
  chat: (id) => call(`chats/${id}`),
  stored: (id) => call(`stored?user=${id}`, {}, "Bot tidak menjawab; catatannya belum dapat ditampilkan."),
  ledger: () => call("ledger"),
  say: (user, text, extra = {}) => post("say", { user, text, ...extra }),
  edit: (user, messageId, text) => post("edit", { user, message_id: messageId, text }),
  press: (user, messageId, data) => post("press", { user, message_id: messageId, data }),
  contact: (user, extra = {}) => post("contact", { user, ...extra }, "Orang ini tidak punya nomor telepon."),
  other: (user, kind) => post("other", { user, kind }),
  start: (user) => post("start", { user }),
  block: (user, blocked) => post("block", { user, blocked }),
  clock: (change) => post("clock", change),
  happen: (id) => post("happen", { id }, "Bot tidak menerima keputusan itu. Coba sekali lagi."),
  faultsNow: () => call("faults"),
  faults: (faults) => post("faults", faults),
  reset: () => post("reset", {}),
  photo: (user, files, caption) => upload("photo", { user, files, caption }, "Hanya gambar PNG, JPEG, GIF, atau WebP, paling banyak sepuluh."),
  document: (user, files, caption) => upload("document", { user, files, caption }, "Pilih satu berkas yang tidak kosong."),
};
