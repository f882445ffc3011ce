// Copies an answer with its sources or its address, and opens what is folded around a source that a reference leads to.

async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea"); // plain http from another machine has no clipboard
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (!done) throw new Error("refused");
  return undefined;
}

for (const tools of document.querySelectorAll(".tools")) {
  const status = tools.querySelector("[role=status]");
  tools.hidden = false;
  for (const button of tools.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      try {
        await copy(button.dataset.copy);
        status.textContent = status.dataset.copied;
      } catch {
        status.textContent = status.dataset.failed;
      }
    });
  }
}

function reveal() {
  const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = wanted?.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  wanted.scrollIntoView();
}

window.addEventListener("hashchange", reveal);
reveal();

// On paper nothing can be unfolded: sources are printed in full.
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details.rest")) folded.open = true;
});
