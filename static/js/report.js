// Keeps what is typed into a report: at once on this device, a moment later on the server. The page works without it.
//
// The copy on the device is { version, fields } under lianxin:report:<user>:<report>. It goes only when the server is known to have
// the same (compared field by field), so an expired session, a lost answer or a killed browser costs nothing.

const PAUSE = 1500;
const RETRY = 10000;
const ID_NUMBER = /(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])/;

const device = document.getElementById("report-device");
const form = document.getElementById("report");
const choice = document.getElementById("report-choice");

// ── The copy on this device ──────────────────────────────────────────────────────────────────────────────────────

function keep(key, version, fields) {
  try {
    localStorage.setItem(key, JSON.stringify({ version, fields }));
  } catch {
    // Full or forbidden: the server still saves.
  }
}

function kept(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/** What stands in a form, field by field. ID numbers are never kept on a device. */
function fieldsOf(element) {
  const lines = [...new FormData(element)].filter(([name, value]) => name.startsWith("line-") && !ID_NUMBER.test(value));
  return Object.fromEntries(lines);
}

/** What a field says: "" for a figure as the page brought it, which goes on following the records, and for one not counted. */
function meaning(fields, name) {
  if (fields[`${name}-uncounted`] === "on") return "";
  const text = (fields[name] ?? "").replace(/\r\n/g, "\n").trim();
  return text === fields[`${name}-was`] ? "" : text;
}

/** The fields in which `fields` says something else than `stored`; a line that is not in it says nothing. */
function differences(fields, stored) {
  return Object.keys(stored).filter((name) => {
    const isBox = name.endsWith("-uncounted");
    const isSaid = isBox ? name.replace(/-uncounted$/, "") in fields : name in fields;
    return isSaid && !name.endsWith("-was") && meaning(fields, name) !== meaning(stored, name);
  });
}

/** What an earlier visit left: gone when the server has it, back in the form when nobody saved since, offered otherwise. */
function meet(key, version, stored) {
  const copy = kept(key);
  if (!copy) return;
  const changed = differences(copy.fields, stored);
  if (!changed.length) localStorage.removeItem(key);
  else if (form && !differences(copy.fields, fieldsOf(form)).length) keep(key, version, copy.fields);
  else if (form && copy.version === version) restore(copy.fields, changed);
  else offer(key, copy);
}

function restore(fields, names) {
  for (const name of names) {
    const field = form.elements[name];
    if (field.type === "checkbox") field.checked = fields[name] === "on";
    else field.value = meaning(fields, name) || (form.elements[`${name}-was`]?.value ?? "");
    unfold(field);
  }
  show("restored");
  typed();
}

function offer(key, copy) {
  const sender = document.getElementById("report-kept");
  for (const [name, value] of Object.entries({ ...copy.fields, version: copy.version })) {
    sender.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  device.querySelector("[data-discard]").addEventListener("click", () => {
    localStorage.removeItem(key);
    show("kept", false);
  });
  show("kept");
}

// ── Typing and saving ────────────────────────────────────────────────────────────────────────────────────────────

let timer = 0;
let saving = null;
let isDirty = false;
let isStopped = false;

const version = () => Number(form.elements.version.value);

function show(name, isShown = true) {
  device.querySelector(`[data-notice="${name}"]`).hidden = !isShown;
}

function say(state) {
  for (const words of document.querySelectorAll("[data-state]")) words.hidden = words.dataset.state !== state;
}

function typed() {
  isDirty = true;
  keep(device.dataset.key, version(), fieldsOf(form));
  say("unsaved");
  later(PAUSE);
}

function later(pause) {
  clearTimeout(timer);
  if (!isStopped) timer = setTimeout(save, pause);
}

function save() {
  clearTimeout(timer);
  if (saving || !isDirty || isStopped) return;
  isDirty = false;
  say("saving");
  saving = send().finally(() => {
    saving = null;
    if (isDirty) later(PAUSE);
  });
}

async function send() {
  let response;
  try {
    const body = new URLSearchParams(new FormData(form));
    response = await fetch(form.dataset.save, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
  } catch {
    return again();
  }
  if (response.ok) return confirmed(await response.json());
  if (response.status === 409) return stop("conflict");
  if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return stop("expired");
  return again();
}

function confirmed({ version, saved_at: savedAt, errors }) {
  form.elements.version.value = version;
  show("offline", false);
  blame(errors);
  const isWhole = !isDirty && !Object.keys(errors).length;
  if (isWhole) localStorage.removeItem(device.dataset.key);
  else keep(device.dataset.key, version, fieldsOf(form));
  for (const time of document.querySelectorAll("[data-time]")) time.textContent = savedAt;
  say(isWhole ? "saved" : "unsaved");
}

/** The server's words under the lines that it could not take. */
function blame(errors) {
  for (const place of form.querySelectorAll("[data-error]")) {
    const field = place.dataset.error;
    const words = [field, `${field}-reason`].flatMap((name) => errors[name] ?? []);
    place.textContent = words.join(" ");
    place.hidden = !words.length;
  }
}

/** What was wrong with a line is no longer known once somebody writes in it. */
function forget(field) {
  const line = field.closest("[data-line]");
  for (const words of line?.querySelectorAll(".lx-error") ?? []) words.hidden = true;
  for (const frame of line?.querySelectorAll(".lx-invalid") ?? []) frame.classList.remove("lx-invalid");
}

function again() {
  isDirty = true;
  say("unsaved");
  show("offline");
  later(RETRY);
}

/** The server takes no more from this page; the device goes on keeping. */
function stop(notice) {
  isStopped = true;
  say("unsaved");
  show(notice);
}

/** The reason shows where one is due: another number than the records have, or none counted. */
function unfold(field) {
  const why = field.closest("[data-line]")?.querySelector("[data-why]");
  if (!why) return;
  const [number, was, uncounted, reason] = ["", "-was", "-uncounted", "-reason"].map((end) => form.elements[why.dataset.why + end]);
  const isChanged = was.value !== "" && number.value !== "" && number.value !== was.value;
  number.readOnly = uncounted.checked;
  why.hidden = !(isChanged || uncounted.checked || reason.value);
  why.open = !why.hidden;
}

function write() {
  for (const button of document.querySelectorAll("[data-save-button]")) button.hidden = true;
  for (const why of form.querySelectorAll("[data-why]")) unfold(why);
  form.addEventListener("input", (event) => {
    unfold(event.target);
    forget(event.target);
    typed();
  });
  form.addEventListener("focusout", save);
  // A save under way and a submission would look like two people at once: the save comes first.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    keep(device.dataset.key, version(), fieldsOf(form));
    if (!saving) return;
    event.preventDefault();
    saving.then(() => form.requestSubmit(event.submitter));
  });
}

// ── Two texts side by side: what is given up there is not kept here ──────────────────────────────────────────────

function choose() {
  const key = choice.dataset.key;
  choice.addEventListener("submit", () => {
    for (const given of choice.querySelectorAll("input[value=theirs]:checked")) {
      for (const field of given.closest("[data-choice]").querySelectorAll("[name^=line-]")) field.disabled = true;
    }
    keep(key, Number(choice.elements.version.value), fieldsOf(choice));
  });
  document.querySelector("[data-discard]")?.addEventListener("click", () => localStorage.removeItem(key));
}

if (form) write();
if (choice) choose();
if (device) meet(device.dataset.key, Number(device.dataset.version), JSON.parse(device.dataset.stored));
