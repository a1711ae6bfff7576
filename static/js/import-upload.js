// Comfort only: the form works without it. A file can be dropped or pasted, copied cells go into their field, and a second press
// does not send anything twice.
const form = document.querySelector("form[data-upload]");

if (form) {
  const input = form.querySelector("input[type=file]");
  const panel = form.querySelector("[data-drop]");
  const chosen = form.querySelector("[data-chosen]");
  const cells = form.querySelector("textarea");
  const button = form.querySelector("[type=submit]");
  const status = form.querySelector("[data-status]");

  const show = () => {
    chosen.hidden = !input.files.length;
    chosen.querySelector("b").textContent = input.files[0]?.name ?? "";
  };
  const take = (files) => {
    if (!files.length) return;
    input.files = files;
    show();
  };
  const over = (isOver) => panel.classList.toggle("is-over", isOver);

  input.addEventListener("change", show);
  panel.addEventListener("dragover", (event) => {
    event.preventDefault();
    over(true);
  });
  panel.addEventListener("dragleave", () => over(false));
  panel.addEventListener("drop", (event) => {
    event.preventDefault();
    over(false);
    take(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    if (event.target === cells) return;
    const text = event.clipboardData.getData("text/plain");
    if (event.clipboardData.files.length && !text.includes("\t")) {
      take(event.clipboardData.files);
    } else if (text.includes("\t")) {
      event.preventDefault();
      cells.closest("details").open = true;
      cells.value = text;
      cells.focus();
    }
  });

  const ready = (isReady) => {
    button.disabled = !isReady;
    status.textContent = isReady ? "" : form.dataset.busy;
  };
  form.addEventListener("submit", () => ready(false));
  // The back button shows the page as it was left: let it be sent again.
  window.addEventListener("pageshow", () => {
    ready(true);
    show();
  });
}
