// Comfort only: without it the form is typed and sent like any other. Digits choose and go on; Enter goes on, and saves at the end.
const form = document.querySelector("form[data-sheet]");
const STEP = "[data-code], [data-choice], [data-line]";

const goOn = (from) => {
  const steps = [...form.querySelectorAll(STEP)];
  const next = steps[steps.indexOf(from.closest(STEP)) + 1];
  if (next) (next.querySelector("input:checked") ?? next.querySelector("input, textarea")).focus();
  else form.requestSubmit();
};

// Inside the line of an open question Enter goes from part to part. A line that is empty, or picked from the list, is left at once.
const goOnInside = (line, field) => {
  const parts = [...line.querySelectorAll("input, select, textarea")];
  const isEmpty = parts.every((part) => part.tagName === "SELECT" || !part.value.trim());
  const next = isEmpty || isCommon(parts[0].value) ? null : parts[parts.indexOf(field) + 1];
  if (next) next.focus();
  else goOn(field);
};

const isCommon = (title) => common(title) !== undefined;
const common = (title) => [...document.querySelector("#common").options].find((option) => option.value === title);

form?.addEventListener("keydown", (event) => {
  const field = event.target;
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const radio = /^[1-9]$/.test(event.key) && field.closest("[data-choice]")?.querySelectorAll("input")[event.key - 1];
  if (radio) {
    event.preventDefault();
    radio.checked = true;
    goOn(radio);
  } else if (event.key === "Enter" && field.closest(STEP)) {
    event.preventDefault();
    const line = field.closest("[data-line]");
    if (line) goOnInside(line, field);
    else goOn(field);
  }
});

// What is picked from the list brings its category along.
form?.addEventListener("input", (event) => {
  const option = event.target.getAttribute("list") === "common" && common(event.target.value);
  if (option) event.target.closest("[data-line]").querySelector("select").value = option.dataset.category;
});

form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => delete form?.dataset.sent);
