// Draws every graph of the page with sigma from what the server put into `data-graph`; positions come from the server.
// Where drawing is impossible (no WebGL, libraries not built) the list in words below the picture is opened instead.

const CROWDED = 60; // concepts; above this only the large ones carry their names
const PADDING = 26; // pixels around the picture
const MANY = 400; // concepts; above this they are left where the server put them
const styles = getComputedStyle(document.documentElement);
const colour = (name) => styles.getPropertyValue(name).trim();
const FONT = styles.getPropertyValue("--sans").trim();

// The server's places, spread over the picture: what lies far out is drawn in, what lies on top of another is pushed apart.
function spread(nodes, wide) {
  if (nodes.length < 3 || nodes.length > MANY) return nodes.map((node) => ({ ...node, x: node.x * wide }));
  const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
  const cx = middle(nodes.map((node) => node.x));
  const cy = middle(nodes.map((node) => node.y));
  const radii = nodes.map((node) => Math.hypot(node.x - cx, node.y - cy)).sort((a, b) => a - b);
  const far = radii[Math.floor(radii.length * 0.85)] || 1;
  const placed = nodes.map((node) => {
    const radius = Math.hypot(node.x - cx, node.y - cy) || 1e-6;
    const wanted = Math.min(radius / far, 1.25) ** 0.55;
    return { ...node, x: ((node.x - cx) / radius) * wanted * wide, y: ((node.y - cy) / radius) * wanted };
  });
  const gap = 1.5 / Math.sqrt(nodes.length); // the distance to keep, labels being wider than high
  for (let round = 0; round < 60; round += 1) {
    for (let i = 0; i < placed.length; i += 1) {
      for (let j = 0; j < i; j += 1) {
        const dx = (placed[i].x - placed[j].x) / 1.6 || 1e-4;
        const dy = placed[i].y - placed[j].y || 1e-4;
        const distance = Math.hypot(dx, dy);
        if (distance >= gap) continue;
        const push = ((gap - distance) / distance) * 0.25;
        placed[i].x += dx * push * 1.6; placed[i].y += dy * push;
        placed[j].x -= dx * push * 1.6; placed[j].y -= dy * push;
      }
    }
  }
  return placed;
}

// What stands beside a line where several relations lie on top of each other: all of their names, once.
function namedOnce(edges) {
  const lines = new Map();
  for (const edge of edges) {
    const line = JSON.stringify([edge.source, edge.target].sort());
    lines.set(line, [...(lines.get(line) ?? []), edge]);
  }
  const name = (edge) => (edge.denied ? `✗ ${edge.label}` : edge.label);
  const joined = (group) => {
    const names = [...new Set(group.map(name))];
    return names.length > 2 ? `${names.slice(0, 2).join(" · ")} …` : names.join(" · ");
  };
  return new Map([...lines.values()].map((group) => [group[0], joined(group)]));
}

function build(data, asked, wide) {
  const graph = new window.graphology.MultiDirectedGraph();
  const most = Math.max(1, ...data.nodes.map((node) => node.mentions));
  for (const node of spread(data.nodes, wide)) {
    const centre = asked.has(node.id);
    graph.addNode(node.id, {
      x: node.x,
      y: node.y,
      label: node.label,
      size: (4 + 9 * Math.sqrt(node.mentions / most)) * (data.nodes.length > MANY ? 0.55 : 1) + (centre ? 2 : 0),
      color: colour(centre ? "--accent" : "--node"),
      forceLabel: centre || data.nodes.length <= 16,
    });
  }
  const named = namedOnce(data.edges);
  for (const edge of data.edges) {
    if (!graph.hasNode(edge.source) || !graph.hasNode(edge.target)) continue;
    graph.addEdge(edge.source, edge.target, {
      label: edge.denied ? `✗ ${edge.label}` : edge.label,
      named: named.get(edge) ?? "",
      size: Math.min(1 + Math.log2(Math.max(edge.claims, 1)), 3.5),
      color: colour(edge.denied ? "--edge-denied" : "--edge"),
      type: "arrow",
    });
  }
  return graph;
}

function draw(figure) {
  const canvas = figure.querySelector(".canvas");
  if (!canvas) return;
  const data = JSON.parse(figure.dataset.graph);
  const asked = new Set([...JSON.parse(figure.dataset.asked), ...(data.center ? [data.center] : [])]);
  const graph = build(data, asked, Math.max(0.6, canvas.clientWidth / canvas.clientHeight));
  let hovered = null;
  const renderer = new window.Sigma(graph, canvas, {
    labelFont: FONT,
    labelSize: 13,
    labelColor: { color: colour("--ink") },
    labelDensity: data.nodes.length > CROWDED ? 0.5 : 1,
    labelGridCellSize: 90,
    labelRenderedSizeThreshold: data.nodes.length > MANY ? 4 : data.nodes.length > CROWDED ? 7 : 4,
    edgeLabelFont: FONT,
    edgeLabelSize: 11,
    edgeLabelColor: { color: colour("--muted") },
    renderEdgeLabels: true,
    stagePadding: PADDING,
    hideEdgesOnMove: data.edges.length > 2000,
    defaultDrawNodeHover: ring,
    minCameraRatio: data.nodes.length > MANY ? 0.04 : 0.2,
    maxCameraRatio: 2,
    nodeReducer: (id, attributes) => {
      if (!hovered || id === hovered || graph.areNeighbors(id, hovered)) return attributes;
      return { ...attributes, color: colour("--faded"), label: "", forceLabel: false };
    },
    // all edge labels at once cannot be read: those of the concept that is pointed at, else none in a large picture
    edgeReducer: (id, attributes) => {
      const near = hovered && graph.hasExtremity(id, hovered);
      if (near) return { ...attributes, color: colour("--accent"), forceLabel: true };
      if (hovered) return { ...attributes, hidden: true };
      return { ...attributes, label: graph.size <= 8 ? attributes.named : "" };
    },
  });
  makeRoom(renderer, graph, canvas);
  const point = (id) => {
    hovered = id;
    canvas.style.cursor = id ? "pointer" : "";
    renderer.refresh({ skipIndexation: true });
  };
  renderer.on("enterNode", ({ node }) => point(node));
  renderer.on("leaveNode", () => point(null));
  renderer.on("clickNode", ({ node }) => {
    if (data.nodes.find((one) => one.id === node).kind !== "phrase") location.href = `/concepts/${encodeURIComponent(node)}`;
  });
  look(figure, data, renderer, point);
  figure.dataset.drawn = "yes";
}

// The concept that is pointed at: a ring around it, its name on the paper of the page.
function ring(context, node, settings) {
  context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
  const width = context.measureText(node.label || "").width;
  context.fillStyle = colour("--surface");
  context.strokeStyle = colour("--accent");
  context.lineWidth = 2;
  context.fillRect(node.x + node.size + 1, node.y - settings.labelSize, width + 8, settings.labelSize * 1.7);
  context.beginPath();
  context.arc(node.x, node.y, node.size + 2.5, 0, Math.PI * 2);
  context.stroke();
  context.fillStyle = colour("--ink");
  context.fillText(node.label || "", node.x + node.size + 4, node.y + settings.labelSize / 3);
}

// Names stand to the right of their concepts: leave room for them at the right edge.
function makeRoom(renderer, graph, canvas) {
  if (graph.order > CROWDED) return;
  const xs = graph.mapNodes((_, node) => node.x);
  const ys = graph.mapNodes((_, node) => node.y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [context, wide] = [document.createElement("canvas").getContext("2d"), canvas.clientWidth - 2 * PADDING];
  context.font = `13px ${FONT}`;
  const over = graph.mapNodes((_, node) => {
    const place = PADDING + ((node.x - left) / (right - left || 1)) * wide;
    return place + node.size + 16 + context.measureText(node.label).width - canvas.clientWidth;
  });
  const room = ((right - left) * Math.max(0, ...over)) / wide;
  renderer.setCustomBBox({ x: [left, right + room], y: [Math.min(...ys), Math.max(...ys)] });
  renderer.refresh();
}

// Finding a concept in the picture, and looking closer without a wheel.
function look(figure, data, renderer, point) {
  const tools = figure.querySelector(".look");
  if (!tools) return;
  const [field, status] = [tools.querySelector("input"), tools.querySelector("[role=status]")];
  let found = null;
  tools.hidden = false;
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    const named = wanted ? data.nodes.filter((node) => node.label.toLowerCase().includes(wanted)) : [];
    found = named.find((node) => node.label.toLowerCase() === wanted) ?? named.sort((a, b) => b.mentions - a.mentions)[0] ?? null;
    status.textContent = !wanted ? "" : found ? `${status.dataset.found} ${found.label}` : status.dataset.none;
    point(found?.id ?? null);
    if (found) {
      const { x, y } = renderer.getNodeDisplayData(found.id);
      renderer.getCamera().animate({ x, y, ratio: data.nodes.length > MANY ? 0.25 : 0.6 });
    }
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && found && found.kind !== "phrase") location.href = `/concepts/${encodeURIComponent(found.id)}`;
  });
  const zoom = { in: (camera) => camera.animatedZoom(), out: (camera) => camera.animatedUnzoom(), all: (camera) => camera.animatedReset() };
  for (const button of tools.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => zoom[button.dataset.zoom](renderer.getCamera()));
  }
}

function fail(figure) {
  figure.classList.add("graph-failed");
  const words = figure.querySelector("details");
  if (words) words.open = true;
}

for (const figure of document.querySelectorAll("figure.graph")) {
  try {
    draw(figure);
  } catch (error) {
    fail(figure);
    console.info(`graph shown as a list: ${error.message}`);
  }
}
