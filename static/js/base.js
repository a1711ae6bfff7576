// Comfort only: every page works without it. Open menus close on Escape and on a press elsewhere.
const MENUS = "details.lx-menu[open], details.lx-more[open], details.lx-room[open]";

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(MENUS)) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(MENUS)) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// Signing out leaves nothing on the device that somebody typed here. What was not sent yet (outbox.js) is asked about first.
document.addEventListener("submit", (event) => {
  if (!event.target.getAttribute("action")?.endsWith("/sign-out/")) return;
  if (localStorage.getItem("lianxin:outbox") && !confirm(event.target.dataset.unsent)) return event.preventDefault();
  indexedDB?.deleteDatabase("lianxin-outbox");
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith("lianxin:")) localStorage.removeItem(key);
  }
});
