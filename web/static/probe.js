// Measures from the page: starts a job, shows its progress as it comes, then puts the parts of the page that it changed in place,
// so that what was typed, unfolded and asked before stays. Without this script the same buttons lead to a page of the job.

import { advance, follow, language, tell } from "./follow.js";

async function ask(address, method) {
  const response = await fetch(address, {
    method,
    headers: { "Content-Type": "application/json", "Accept-Language": language },
    body: method === "POST" ? "{}" : undefined,
  });
  const result = await response.json();
  if (!response.ok) throw new Error([result.error, result.hint].filter(Boolean).join(" "));
  return result;
}

// The parts of this page that a measurement changes, as the server shows them now.
async function renew() {
  const response = await fetch(location.href.split("#")[0]);
  if (!response.ok) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const old of document.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(old.id);
    if (!fresh) continue;
    for (const running of old.querySelectorAll("form.running")) { // another measurement goes on
      fresh.querySelector(`form.run[data-metric="${running.dataset.metric}"]`)?.replaceWith(running);
    }
    const unfolded = new Set([...old.querySelectorAll("details[open] > summary")].map((summary) => summary.textContent));
    for (const details of fresh.querySelectorAll("details")) {
      if (unfolded.has(details.querySelector("summary")?.textContent)) details.open = true;
    }
    old.replaceWith(fresh);
  }
  document.dispatchEvent(new Event("renewed"));
}

function parts(form) {
  const box = form.querySelector(".progress");
  return {
    box,
    button: form.querySelector("button[type=submit]"),
    status: box.querySelector("[role=status]"),
    bar: box.querySelector("progress"),
    list: box.querySelector("ol"),
    stop: box.querySelector(".stop"),
    page: box.querySelector("a"),
  };
}

// What came of it: the new rows marked where this page shows them, else the result in words.
async function show(form, job, result) {
  const lines = [...parts(form).list.children];
  form.classList.remove("running");
  await renew();
  const target = form.isConnected ? form : document.querySelector(`form.run[data-metric="${form.dataset.metric}"]`);
  const rows = result.measurements.map((one) => document.getElementById(`m-${one.id}`)).filter(Boolean);
  for (const row of rows) row.classList.add("fresh");
  const seen = rows[0]?.getBoundingClientRect();
  if (seen && (seen.top < 0 || seen.bottom > window.innerHeight)) rows[0].scrollIntoView({ block: "center" });
  if (!target) return;
  const { box, button, status, bar, list, stop, page } = parts(target);
  list.replaceChildren(...lines);
  [box.hidden, bar.hidden, stop.hidden, page.hidden, button.disabled] = [false, true, true, rows.length > 0, false];
  page.href = `/probe/jobs/${job}`;
  status.textContent = rows.length > 0 ? box.dataset.done : result.explanation;
}

async function run(form) {
  const { box, button, status, bar, list, stop, page } = parts(form);
  const counts = new Map();
  form.classList.add("running");
  [button.disabled, box.hidden, bar.hidden, stop.hidden, stop.disabled, page.hidden] = [true, false, false, false, false, true];
  bar.removeAttribute("value");
  list.replaceChildren();
  status.textContent = box.dataset.start;
  const end = (words) => {
    form.classList.remove("running");
    [button.disabled, bar.hidden, stop.hidden] = [false, true, true];
    status.textContent = words;
  };
  try {
    const { job } = await ask(`/api/v1/probes/${form.dataset.metric}/runs`, "POST");
    stop.onclick = () => {
      stop.disabled = true;
      status.textContent = box.dataset.stopping;
      ask(`/api/v1/jobs/${job}`, "DELETE").catch((error) => { status.textContent = error.message; });
    };
    follow(job, {
      onProgress: (event) => {
        const words = tell(list, event);
        if (!stop.disabled) status.textContent = words;
        advance(bar, counts, event);
      },
      onLost: () => { status.textContent = box.dataset.lost; },
      onEnd: (result) => {
        if (result.state === "done") show(form, job, result).catch((error) => end(error.message));
        else end([result.error, result.hint].filter(Boolean).join(" "));
      },
    });
  } catch (error) {
    end(error.message);
  }
}

// on the document, so that buttons put in place later work too
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.run")) return;
  event.preventDefault();
  run(event.target);
});
