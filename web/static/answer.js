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

// on the document: a measurement puts new parts in place of these
document.addEventListener("click", async (event) => {
  const button = event.target.closest(".tools [data-copy]");
  if (!button) return;
  const status = button.closest(".tools").querySelector("[role=status]");
  try {
    await copy(button.dataset.copy);
    status.textContent = status.dataset.copied;
  } catch {
    status.textContent = status.dataset.failed;
  }
});

function offer() {
  for (const tools of document.querySelectorAll(".tools")) tools.hidden = false;
}

function reveal() {
  const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const folded = wanted?.closest("details:not([open])");
  if (!folded) return;
  folded.open = true;
  wanted.scrollIntoView();
}

window.addEventListener("hashchange", reveal);
document.addEventListener("renewed", offer);
offer();
reveal();

// On paper nothing can be unfolded: sources are printed in full.
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details.rest")) folded.open = true;
});
