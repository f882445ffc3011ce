// Measures from the page: starts a job, shows its progress as it comes, then reloads so that the answer uses the result.
// Without this script the same buttons lead to a page of the job.

const language = document.documentElement.lang.startsWith("en") ? "en" : "zh";

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

function follow(job, { onProgress, onEnd }) {
  const events = new EventSource(`/api/v1/jobs/${job}/events`);
  events.addEventListener("progress", (message) => onProgress(JSON.parse(message.data)));
  events.addEventListener("end", (message) => {
    events.close();
    onEnd(JSON.parse(message.data));
  });
}

function tell(list, event) {
  const line = document.createElement("li");
  line.textContent = event[language] ?? event.text ?? "";
  list.append(line);
  list.scrollTop = list.scrollHeight;
  return line.textContent;
}

// An answer uses only valid measurements of what was asked about; one that is not used must be shown all the same.
function used(result, form) {
  const concepts = JSON.parse(form.dataset.concepts);
  return concepts.length === 0 || result.measurements.some((one) => one.valid && concepts.includes(one.concept));
}

async function run(form) {
  const button = form.querySelector("button[type=submit]");
  const progress = form.querySelector(".progress");
  const status = progress.querySelector("p");
  const list = progress.querySelector("ol");
  const stop = progress.querySelector(".stop");
  const page = progress.querySelector("a");
  button.disabled = true;
  progress.hidden = false;
  stop.hidden = false;
  page.hidden = true;
  list.replaceChildren();
  status.textContent = "…";
  try {
    const { job } = await ask(`/api/v1/probes/${form.dataset.metric}/runs`, "POST");
    stop.onclick = () => ask(`/api/v1/jobs/${job}`, "DELETE");
    follow(job, {
      onProgress: (event) => { status.textContent = tell(list, event); },
      onEnd: (result) => {
        button.disabled = false;
        stop.hidden = true;
        if (result.state !== "done") {
          status.textContent = [result.error, result.hint].filter(Boolean).join(" ");
        } else if (used(result, form)) {
          location.hash = "";
          location.reload();
        } else {
          status.textContent = result.explanation;
          page.hidden = false;
          page.href = `/probe/jobs/${job}`;
        }
      },
    });
  } catch (error) {
    button.disabled = false;
    stop.hidden = true;
    status.textContent = error.message;
  }
}

for (const form of document.querySelectorAll("form.run")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    run(form);
  });
}

const watched = document.querySelector("[data-job]");
if (watched) {
  watched.replaceChildren();
  follow(watched.dataset.job, { onProgress: (event) => tell(watched, event), onEnd: () => location.reload() });
}
