import type { Instance } from "@/tests/instance";

const columns = 5;
const rows = 100;
const crossEdges = 205;

/** Creates a workflow of 500 steps and 700 connections with chosen places, and gives its slug. */
export async function createLargeWorkflow(instance: Instance): Promise<string> {
  const slug = "bench-canvas";
  const response = await fetch(`${instance.baseUrl}/api/workflows`, {
    method: "POST",
    headers: { authorization: `Bearer ${instance.credentials.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ slug, name: "500 steps", triggers: [{ id: "manual", type: "manual" }], spec: largeSpec() }),
  });
  if (!response.ok) throw new Error(`POST /api/workflows: ${String(response.status)} ${await response.text()}`);
  return slug;
}

/** Five chains side by side, with connections from one to the next. */
export function largeSpec(): object {
  const nodes = Array.from({ length: rows * columns }, (_, position) => {
    const [row, column] = [Math.floor(position / columns), position % columns];
    return {
      id: `s${String(position)}`,
      type: "transform",
      name: `Step ${String(position)}`,
      expression: position === 0 ? { total: "${input.amount}" } : "input.amount + 1",
      ui: { position: { x: column * 300, y: row * 140 } },
    };
  });
  const down = nodes.slice(columns).map(({ id }, position) => ({ from: `s${String(position)}`, to: id }));
  const fan = nodes.slice(1, columns).map(({ id }) => ({ from: "s0", to: id }));
  const across = Array.from({ length: crossEdges - fan.length }, (_, count) => {
    const from = columns + Math.floor((count * (rows - 2) * columns) / crossEdges);
    return { from: `s${String(from)}`, to: `s${String(from + columns + (from % columns === columns - 1 ? -1 : 1))}` };
  });
  return {
    specVersion: "1",
    startNodeId: "s0",
    inputSchema: { type: "object", properties: { amount: { type: "number" } } },
    nodes,
    edges: [...fan, ...down, ...across],
  };
}
