// Asks every other second how far the work has come, and shows the import again when it is done or has fallen silent. Without this
// script the page reloads by itself.
const PAUSE = 2000;
const place = document.querySelector("[data-progress]");

async function look() {
  try {
    const answer = await fetch(place.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return location.reload();
    const state = await answer.json();
    if (!state.at_work) return location.reload();
    if (state.silent && !place.querySelector("[role=alert]")) return location.reload();
    const bar = place.querySelector("progress");
    if (state.total) [bar.max, bar.value] = [state.total, state.done];
    place.querySelector("[data-words]").textContent = state.words;
  } catch {
    // No network for a moment: the work goes on without us.
  }
  setTimeout(look, PAUSE);
}

if (place) setTimeout(look, PAUSE);
