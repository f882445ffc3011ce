// The page of a job: its events as they come, and the page again when it has ended.

import { advance, follow, tell } from "./follow.js";

for (const watched of document.querySelectorAll("[data-job]")) {
  const [status, bar, list] = ["[role=status]", "progress", "ol"].map((part) => watched.querySelector(part));
  const counts = new Map();
  list.replaceChildren();
  follow(watched.dataset.job, {
    onProgress: (event) => {
      status.textContent = tell(list, event);
      advance(bar, counts, event);
    },
    onEnd: () => location.reload(),
  });
}
