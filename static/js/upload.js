// Comfort only: the form works without it. A file can be dropped or pasted, and a second press does not send it twice.
const form = document.querySelector("form[data-upload]");

if (form) {
  const input = form.querySelector("input[type=file]");
  const panel = form.querySelector("[data-drop]");
  const take = (files) => {
    if (files.length) input.files = files;
  };

  panel.addEventListener("dragover", (event) => {
    event.preventDefault();
    panel.classList.add("lx-wash");
  });
  panel.addEventListener("dragleave", () => panel.classList.remove("lx-wash"));
  panel.addEventListener("drop", (event) => {
    event.preventDefault();
    panel.classList.remove("lx-wash");
    take(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => take(event.clipboardData.files));

  form.addEventListener("submit", () => {
    form.querySelector("[type=submit]").disabled = true;
    form.querySelector("[data-status]").textContent = form.dataset.busy;
  });
  // The back button shows the page as it was left: let it be sent again.
  window.addEventListener("pageshow", () => {
    form.querySelector("[type=submit]").disabled = false;
    form.querySelector("[data-status]").textContent = "";
  });
}
