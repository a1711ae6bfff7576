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

const isOurs = (name) => name.startsWith("line-");
const tidy = (text) => (text ?? "").replace(/\r\n/g, "\n").trim();

/** What stands in a form, field by field. ID numbers are never kept on a device. */
function fieldsOf(element) {
  const entries = [...new FormData(element)].filter(([name, value]) => isOurs(name) && !ID_NUMBER.test(value));
  return Object.fromEntries(entries);
}

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

/** The lines in which `fields` says something else than `stored`. A figure as the page brought it says nothing. */
function differences(fields, stored) {
  return Object.keys(stored).filter((name) => {
    if (name.endsWith("-was") || untouched(fields, name)) return false;
    const isBox = name.endsWith("-uncounted");
    if (!isBox && !(name in fields)) return false;
    return tidy(fields[name]) !== tidy(stored[name]);
  });
}

function untouched(fields, name) {
  const was = fields[`${name}-was`];
  return was !== undefined && was !== "" && (fields[name] === was || fields[name] === "");
}

function show(name, isShown = true) {
  device.querySelector(`[data-notice="${name}"]`).hidden = !isShown;
}

// ── The copy that an earlier visit left ──────────────────────────────────────────────────────────────────────────

function meet(key, version, stored) {
  const copy = kept(key);
  if (!copy) return;
  const changed = differences(copy.fields, stored);
  if (!changed.length) localStorage.removeItem(key);
  else if (form && copy.version === version) restore(copy.fields, changed);
  else offer(copy);
}

function restore(fields, names) {
  for (const name of names) {
    const field = form.elements[name];
    if (!field) continue;
    if (field.type === "checkbox") field.checked = fields[name] === "on";
    else field.value = fields[name];
    unfold(field);
  }
  show("restored");
  typed();
}

/** Somebody saved since: the person decides, on the page that shows both. */
function offer(copy) {
  const sender = document.getElementById("report-kept");
  for (const [name, value] of Object.entries({ ...copy.fields, version: copy.version })) {
    const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    sender.append(input);
  }
  show("kept");
  device.querySelector("[data-discard]").addEventListener("click", () => {
    localStorage.removeItem(device.dataset.key);
    show("kept", false);
  });
}

// ── Typing ───────────────────────────────────────────────────────────────────────────────────────────────────────

let timer = 0;
let saving = null;
let isDirty = false;
let isStopped = false;

const version = () => Number(form.elements.version.value);

function state(name) {
  for (const words of document.querySelectorAll("[data-state]")) words.hidden = words.dataset.state !== name;
}

function typed() {
  isDirty = true;
  keep(device.dataset.key, version(), fieldsOf(form));
  if (isStopped) return;
  state("unsaved");
  clearTimeout(timer);
  timer = setTimeout(save, PAUSE);
}

function save() {
  clearTimeout(timer);
  if (saving || !isDirty || isStopped) return saving ?? Promise.resolve();
  isDirty = false;
  state("saving");
  saving = send().finally(() => {
    saving = null;
    if (isDirty && !isStopped && !timer) timer = setTimeout(save, PAUSE);
  });
  timer = 0;
  return saving;
}

async function send() {
  const sent = fieldsOf(form);
  let response;
  try {
    const body = new URLSearchParams(new FormData(form));
    response = await fetch(form.dataset.save, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
  } catch {
    return again();
  }
  if (response.ok) return confirmed(await response.json(), sent);
  if (response.status === 409) return stop("conflict");
  if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return stop("expired");
  return again();
}

function confirmed(answer, sent) {
  form.elements.version.value = answer.version;
  show("offline", false);
  const isWhole = Object.keys(answer.errors).length === 0 && !isDirty && !differences(sent, fieldsOf(form)).length;
  if (isWhole) localStorage.removeItem(device.dataset.key);
  else keep(device.dataset.key, answer.version, fieldsOf(form));
  if (isDirty) return state("unsaved");
  for (const time of document.querySelectorAll("[data-time]")) time.textContent = answer.saved_at;
  state("saved");
}

function again() {
  isDirty = true;
  state("unsaved");
  show("offline");
  timer = setTimeout(save, RETRY);
}

/** The server will not take more from this page; the device goes on keeping. */
function stop(notice) {
  isStopped = true;
  isDirty = true;
  state("unsaved");
  show(notice);
  device.scrollIntoView({ block: "center" });
  if (notice === "conflict") document.querySelector("[form=report-kept]").setAttribute("form", "report-compare");
}

/** The reason shows where one is due: another number than the records have, or none counted. */
function unfold(field) {
  const line = field.closest("[data-line]");
  const why = line?.querySelector("[data-why]");
  if (!why) return;
  const [number, was, uncounted, reason] = ["", "-was", "-uncounted", "-reason"].map((end) => form.elements[why.dataset.why + end]);
  number.readOnly = uncounted.checked;
  const isChanged = was.value !== "" && number.value !== "" && number.value !== was.value;
  why.hidden = !(isChanged || uncounted.checked || reason.value);
  why.open = !why.hidden;
}

if (device) {
  if (form) {
    for (const button of document.querySelectorAll("[data-save-button]")) button.hidden = true;
    for (const why of form.querySelectorAll("[data-why]")) unfold(why);
    form.addEventListener("input", (event) => {
      unfold(event.target);
      typed();
    });
    form.addEventListener("focusout", () => save());
    // Two answers to one press would look like two people: a save under way comes first.
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      keep(device.dataset.key, version(), fieldsOf(form));
      if (!saving) return;
      event.preventDefault();
      saving.then(() => form.requestSubmit(event.submitter));
    });
  }
  meet(device.dataset.key, Number(device.dataset.version), JSON.parse(device.dataset.stored));
}

// ── Two texts: what was given up here is not kept either ─────────────────────────────────────────────────────────

choice?.addEventListener("submit", () => {
  for (const given of choice.querySelectorAll("input[value=theirs]:checked")) {
    for (const field of given.closest("[data-choice]").querySelectorAll("[name^=line-]")) field.disabled = true;
  }
  keep(choice.dataset.key, Number(choice.elements.version.value), fieldsOf(choice));
});
