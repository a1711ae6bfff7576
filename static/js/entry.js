// Comfort for the pages of an entry: titles and places to tap, photos made smaller before they travel, everybody ticked at once.
// Each page works without it.

const SIDE = 1600; // pixels of the longer side, as the server keeps them
const SMALL_ENOUGH = 400 * 1024;
const QUALITY = 0.85;
const THUMB = 112;

// ── A tap instead of typing ──────────────────────────────────────────────────────────────────────────────────────

for (const chips of document.querySelectorAll("[data-chips]")) {
  const field = document.getElementById(chips.dataset.chips);
  const mark = () => {
    for (const chip of chips.children) chip.setAttribute("aria-pressed", String(chip.value === field.value));
  };
  chips.hidden = false;
  chips.addEventListener("click", (event) => {
    if (!event.target.value) return;
    field.value = event.target.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
  field.addEventListener("input", mark);
  field.form.addEventListener("reset", () => setTimeout(mark));
  mark();
}

// ── Photos ───────────────────────────────────────────────────────────────────────────────────────────────────────

/** The file as a JPEG of at most SIDE pixels, upright and with nothing beside the picture; as it came where that cannot be. */
async function smaller(file) {
  if (file.size <= SMALL_ENOUGH) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const canvas = drawn(picture, SIDE, document.createElement("canvas"));
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    return blob && blob.size < file.size ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}

function drawn(picture, side, canvas) {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

function photos(box) {
  const input = box.querySelector("input[type=file]");
  const camera = box.querySelector("[data-camera]");
  const list = box.querySelector("[data-shots]");
  const row = box.querySelector("template[data-shot]");
  const busy = box.querySelector("[data-busy]");
  let kept = [];

  /** The field holds just these: what is sent, kept without a network, and shown. */
  function hold(files) {
    const all = new DataTransfer();
    for (const file of files) all.items.add(file);
    input.files = all.files;
    kept = [...files];
    list.replaceChildren(...kept.map(shown));
  }

  function shown(file) {
    const item = row.content.firstElementChild.cloneNode(true);
    const canvas = item.querySelector("canvas");
    item.querySelector("button").addEventListener("click", () => {
      hold(kept.filter((other) => other !== file));
      camera.focus();
    });
    createImageBitmap(file, { imageOrientation: "from-image" }).then(
      (picture) => drawn(picture, THUMB, canvas),
      () => {
        canvas.remove();
        item.querySelector("[data-name]").textContent = file.name;
      },
    );
    return item;
  }

  async function take() {
    const chosen = [...input.files];
    busy.hidden = false;
    const before = kept;
    const made = [];
    for (const file of chosen) made.push(await smaller(file)); // one after another: a phone has little memory
    hold([...before, ...made]);
    busy.hidden = true;
  }

  camera.hidden = false;
  input.classList.add("visually-hidden");
  input.tabIndex = -1;
  camera.addEventListener("click", () => input.click());
  // A second look through the camera adds to the first; sending waits until the pictures are made.
  input.addEventListener("change", () => {
    input.form.ready = (input.form.ready ?? Promise.resolve()).then(take);
  });
  input.form.addEventListener("reset", () => setTimeout(() => hold([])));
  input.form.addEventListener("photos", (event) => hold(event.detail));
}

for (const box of document.querySelectorAll("[data-photos]")) photos(box);

// ── Sending without static/js/outbox.js: amending ────────────────────────────────────────────────────────────────

for (const form of document.querySelectorAll("form[data-entry]:not([data-keep])")) {
  form.addEventListener("submit", async (event) => {
    const isOffline = !navigator.onLine;
    form.querySelector("[data-says=offline]").hidden = !isOffline;
    if (isOffline) return event.preventDefault();
    if (!form.ready) return;
    event.preventDefault();
    await form.ready;
    form.ready = null;
    form.requestSubmit(event.submitter);
  });
}

// ── Ticking people ───────────────────────────────────────────────────────────────────────────────────────────────

const ticks = document.querySelector("form[data-ticks]");

if (ticks) {
  const boxes = [...ticks.querySelectorAll("[name=people]")];
  const count = () => {
    ticks.querySelector("[data-number]").textContent = boxes.filter((box) => box.checked).length;
  };
  const all = (isChecked) => () => {
    for (const box of boxes) box.checked = isChecked;
    count();
  };
  ticks.querySelector("[data-tools]").hidden = false;
  ticks.querySelector("[data-number-of]").hidden = false;
  ticks.querySelector("[data-all]").addEventListener("click", all(true));
  ticks.querySelector("[data-none]").addEventListener("click", all(false));
  ticks.addEventListener("input", count);
  count();
}
