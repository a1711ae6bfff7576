// Search boxes of the admin site: the inner span calls itself a text box and has no name; without that role it names the box around it.
"use strict";
new MutationObserver(() => {
  for (const inner of document.querySelectorAll(".select2-selection__rendered[role]")) {
    inner.removeAttribute("role");
    inner.removeAttribute("aria-readonly");
  }
}).observe(document.documentElement, { childList: true, subtree: true });
