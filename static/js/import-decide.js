// Comfort only: the server refuses what cannot be written. "All or nothing" says at once that rows have to be corrected first.
const form = document.querySelector("form[data-decide]");
const button = form?.querySelector("[data-valid-only]");

if (button) {
  const why = form.querySelector("[data-why]");
  const follow = () => {
    const isPossible = form.elements.mode.value === "valid";
    button.disabled = !isPossible;
    why.hidden = isPossible;
  };
  form.addEventListener("change", follow);
  window.addEventListener("pageshow", follow);
}

form?.addEventListener("submit", (event) => {
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
window.addEventListener("pageshow", () => delete form?.dataset.sent);
