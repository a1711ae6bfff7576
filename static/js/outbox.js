// An entry that is written without a network is kept on this telephone, fields and photos, and sent once when there is one again.
//
// What is kept: { key, user, kind, title, url, fields, files, at, errors } in IndexedDB. The key was drawn by the server with the
// form, and the same key is the same entry, however often it arrives. Somebody else on the same telephone neither sees it nor
// sends it. No ID number is kept, and no list of people: those are ticked on another page.

const NAME = "lianxin-outbox";
const STORE = "entries";
const COUNT = "lianxin:outbox"; // how many there are of everybody, for the warning when somebody signs out (base.js)
const ID_NUMBER = /(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])/;
const PATIENCE = 45000; // milliseconds for one entry; then it counts as no network
const SLOW = 6000; // … after which whoever wrote it need not wait any longer
const AGAIN = 30000;

const section = document.querySelector("[data-outbox]");
const form = document.querySelector("form[data-keep]");
const user = section.dataset.user;

// ── The store ────────────────────────────────────────────────────────────────────────────────────────────────────

const asked = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** Opened for each act: signing out deletes the store, which an open one would hold up. */
async function withStore(mode, act) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "key" });
  const database = await asked(opening);
  try {
    const transaction = database.transaction(STORE, mode);
    const ended = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const result = await asked(act(transaction.objectStore(STORE)));
    await ended;
    return result;
  } finally {
    database.close();
  }
}

async function kept() {
  const everybody = await withStore("readonly", (store) => store.getAll()).catch(() => []);
  if (everybody.length) localStorage.setItem(COUNT, String(everybody.length));
  else localStorage.removeItem(COUNT);
  return everybody.filter((record) => record.user === user).sort((one, other) => one.at - other.at);
}

/** Whether it is kept now; a private window, or one without room, keeps nothing. */
const keep = (record) => withStore("readwrite", (store) => store.put(record)).then(() => true, () => false);
const forget = (key) => withStore("readwrite", (store) => store.delete(key)).catch(() => undefined);

// ── Sending ──────────────────────────────────────────────────────────────────────────────────────────────────────

async function answered(url, options = {}) {
  const headers = { Accept: "application/json" };
  const signal = AbortSignal.timeout(PATIENCE);
  return fetch(url, { credentials: "same-origin", redirect: "manual", headers, signal, ...options }).catch(() => null);
}

/** A fresh token, if this person is signed in: an old one is refused. */
async function freshToken() {
  const response = await answered(section.dataset.identity, { cache: "no-store" });
  if (!response || response.status >= 500) return { state: "offline" };
  if (response.type === "opaqueredirect") return { state: "signed-out" };
  if (!response.ok) return { state: "refused", errors: {} };
  const said = await response.json();
  return said.user === user ? { state: "ready", token: said.token } : { state: "signed-out" };
}

/** One entry. What came of it: { state: "sent", url, title }, or "refused" with words, "signed-out" or "offline". */
async function send(record, opens = false) {
  const door = await freshToken();
  if (door.state !== "ready") return door;
  const body = new FormData();
  for (const [name, value] of record.fields) body.append(name, value);
  for (const [name, file] of record.files) body.append(name, file, file.name);
  body.set("csrfmiddlewaretoken", door.token);
  if (opens) body.set("opens", "yes"); // the page of the entry comes next, and says that it is written down
  const response = await answered(record.url, { method: "POST", body });
  if (!response || response.status >= 500) return { state: "offline" };
  if (response.ok) return { state: "sent", ...(await response.json()) };
  if (response.status === 422) return { state: "refused", errors: (await response.json()).errors };
  if (response.type === "opaqueredirect") return { state: "signed-out" };
  return { state: "refused", errors: {} };
}

// ── What lies here ───────────────────────────────────────────────────────────────────────────────────────────────

let isSending = false;
let timer = 0;

function say(state) {
  for (const words of section.querySelectorAll("[data-says]")) words.hidden = words.dataset.says !== state;
}

async function show(state = "") {
  const records = await kept();
  section.hidden = !records.length;
  section.querySelector("[data-count]").textContent = records.length;
  section.querySelector("[data-list]").replaceChildren(...records.map(line));
  section.querySelector("[data-send]").disabled = isSending;
  say(state || (records.some((record) => record.errors) ? "refused" : "waiting"));
}

function line(record) {
  const item = section.querySelector("template[data-row]").content.firstElementChild.cloneNode(true);
  const part = (name) => item.querySelector(`[data-${name}]`);
  part("title").textContent = record.title;
  part("kind").textContent = record.kind;
  part("at").textContent = new Date(record.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
  part("shots").hidden = !record.files.length;
  part("number").textContent = record.files.length;
  part("words").textContent = Object.values(record.errors ?? {}).flat().join(" ");
  part("words").hidden = !part("words").textContent;
  part("correct").href = `${record.url}#${record.key}`;
  part("remove").addEventListener("click", async () => {
    if (!confirm(part("remove").dataset.sure)) return;
    await forget(record.key);
    await show();
  });
  return item;
}

function told({ url, title }) {
  const notice = document.querySelector("[data-sent]");
  notice.hidden = false;
  notice.querySelector("[data-links]").append(Object.assign(document.createElement("a"), { href: url, textContent: title }), " ");
}

/** Everything of this person, one after another. Two windows do not send at once; if they did, it would be one entry still. */
async function sendAll() {
  clearTimeout(timer);
  if (isSending) return;
  isSending = true;
  const state = navigator.locks
    ? await navigator.locks.request(NAME, { ifAvailable: true }, (lock) => (lock ? sendEach() : ""))
    : await sendEach();
  isSending = false;
  await show(state);
  if (state === "offline") timer = setTimeout(sendAll, AGAIN);
}

async function sendEach() {
  const records = (await kept()).filter((record) => record.key !== form?.elements.key.value);
  if (!records.length) return "";
  await show("sending");
  for (const record of records) {
    const outcome = await send(record);
    await settle(record, outcome);
    if (!["sent", "refused"].includes(outcome.state)) return outcome.state;
  }
  return "";
}

async function settle(record, outcome) {
  if (outcome.state === "sent") {
    await forget(record.key);
    told(outcome);
  } else if (outcome.state === "refused") await keep({ ...record, errors: outcome.errors });
}

section.querySelector("[data-send]").addEventListener("click", sendAll);
window.addEventListener("online", sendAll);

// ── The form ─────────────────────────────────────────────────────────────────────────────────────────────────────

function read() {
  const all = [...new FormData(form)];
  const fields = all.filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  const files = all.filter(([, value]) => value instanceof File && value.size);
  const { key, title } = form.elements;
  const url = form.getAttribute("action") || location.pathname;
  return { key: key.value, user, kind: form.dataset.keep, title: title.value || form.dataset.keep, url, fields, files, at: Date.now() };
}

/** Full-width digits and gaps are how people write them, too. */
const namesSomebody = (record) =>
  record.fields.some(([name, value]) => name !== "key" && ID_NUMBER.test(value.normalize("NFKC").replace(/[\s-]/g, "")));

function says(state) {
  for (const words of form.querySelectorAll("[data-says]")) words.hidden = words.dataset.says !== state;
  form.querySelector(`[data-says="${state}"]`)?.scrollIntoView({ block: "center" });
}

function working(isWorking) {
  const button = document.querySelector("[type=submit][form=entry]");
  const words = button.querySelector("span");
  words.dataset.rest ??= words.textContent;
  words.textContent = isWorking ? button.dataset.busy : words.dataset.rest;
  button.disabled = isWorking;
}

function acquit() {
  for (const old of form.querySelectorAll("[data-wrong]")) old.remove();
}

/** The server's words at the fields that they are about, and above the button. */
function blame(errors) {
  acquit();
  for (const [name, words] of Object.entries(errors)) {
    const place = name && form.querySelector(`[name="${CSS.escape(name)}"]`);
    const text = Object.assign(document.createElement("div"), { className: "lx-error", textContent: words.join(" ") });
    text.dataset.wrong = name;
    const box = place && (place.closest("fieldset, .mb-3, td") ?? place.parentElement);
    if (!box) form.querySelector("[data-says=wrong]").before(text);
    else {
      box.append(text);
      const fold = place.closest("details");
      if (fold) fold.open = true;
    }
  }
  says("wrong");
  form.querySelector("[data-wrong]")?.scrollIntoView({ block: "center" });
}

/** On this telephone first, so that whatever happens on the way costs nothing; gone from it once the server has it. */
async function submitted() {
  await form.ready;
  const record = read();
  const isKept = !namesSomebody(record) && (await keep(record));
  const sending = navigator.onLine ? send(record, true) : Promise.resolve({ state: "offline" });
  const outcome = await (isKept ? Promise.race([sending, slow()]) : sending);
  if (outcome.state === "sent") {
    await forget(record.key);
    await kept();
    form.dataset.done = "yes";
    return location.assign(outcome.url);
  }
  if (outcome.state === "refused") {
    await forget(record.key);
    blame(outcome.errors);
    return show();
  }
  if (!isKept) return says(namesSomebody(record) ? "number" : "full");
  if (outcome.state === "waiting") sending.then((late) => settle(record, late)).then(() => show());
  return afresh(outcome.state);
}

/** A weak network that calls itself one: it goes on being sent while the next entry is written. */
const slow = () => new Promise((resolve) => setTimeout(resolve, SLOW, { state: "waiting" }));

/** The next one: an empty form with a key of its own. What was kept shows above. */
async function afresh(state) {
  renew();
  history.replaceState(null, "", location.pathname);
  says(state === "offline" ? "kept" : "");
  await show(state);
  section.scrollIntoView({ block: "start" });
  if (state === "offline" && navigator.onLine) timer = setTimeout(sendAll, AGAIN);
}

function renew() {
  acquit();
  form.reset();
  form.elements.key.value = newKey();
}

/** A random UUID; crypto.randomUUID is not there without HTTPS. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** What was kept, back in the form: "correct" leads here with its key behind the #. */
async function restore(key) {
  const record = (await kept()).find((one) => one.key === key);
  if (!record) return;
  form.reset();
  for (const field of form.elements) {
    const values = record.fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (field.type === "file") refill(field, record);
    else if (values.length) field.value = values[0];
  }
  if (record.errors) blame(record.errors);
}

/** Photos go through entry.js, which shows them (once it has heard of the reset). */
function refill(field, record) {
  const files = record.files.filter(([name]) => name === field.name).map(([, file]) => file);
  const all = new DataTransfer();
  for (const file of files) all.items.add(file);
  field.files = all.files;
  if (field.name === "photos") setTimeout(() => form.dispatchEvent(new CustomEvent("photos", { detail: files })));
}

// Back from the entry that this form became: the next one is another one.
window.addEventListener("pageshow", () => {
  if (!form?.dataset.done) return;
  delete form.dataset.done;
  renew();
});

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (form.dataset.sent) return;
  form.dataset.sent = "yes";
  working(true);
  await submitted().finally(() => {
    delete form.dataset.sent;
    working(false);
  });
});

// ── When the page opens ──────────────────────────────────────────────────────────────────────────────────────────

if (form && location.hash.length > 1) await restore(location.hash.slice(1));
await show();
await sendAll();
