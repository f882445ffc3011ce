// Listens to a job of the server: what it says as it goes, how far it is, how it ends.

export const language = document.documentElement.lang.startsWith("en") ? "en" : "zh";

export function follow(job, { onProgress, onEnd, onLost = () => {} }) {
  const events = new EventSource(`/api/v1/jobs/${job}/events`);
  events.addEventListener("progress", (message) => onProgress(JSON.parse(message.data)));
  events.addEventListener("error", onLost); // the browser connects again by itself, and goes on where it was
  events.addEventListener("end", (message) => {
    events.close();
    onEnd(JSON.parse(message.data));
  });
}

export function tell(list, event) {
  const line = document.createElement("li");
  line.textContent = event[language] ?? event.text ?? "";
  list.append(line);
  list.scrollTop = list.scrollHeight;
  return line.textContent;
}

// How far a job is: what every part of it (a backend) has done of what it has to do.
export function advance(bar, counts, event) {
  if (!event.total || event.number == null) return;
  counts.set(event.backend ?? "", [event.number, event.total]);
  const [done, all] = [...counts.values()].reduce(([done, all], [number, total]) => [done + number, all + total], [0, 0]);
  bar.value = done / all;
}
