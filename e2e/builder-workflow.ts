import { expect } from "@playwright/test";
import type { RestClient } from "./rest";

/** A small workflow of its own for each test, with a version that is live. Gives its slug. */
export async function smallWorkflow(rest: RestClient, name: string): Promise<string> {
  const slug = `${name.toLowerCase().replaceAll(" ", "-")}-${String(Date.now())}`;
  const spec = {
    startNodeId: "greet",
    nodes: [
      { id: "greet", type: "transform", name: "Greet", expression: { word: "hello" } },
      { id: "shape", type: "transform", name: "Shape", expression: { word: "${step.greet.output.word}" } },
    ],
    edges: [{ from: "greet", to: "shape" }],
  };
  expect((await rest.post("/api/workflows", { slug, name, spec })).status).toBe(201);
  expect((await rest.post(`/api/workflows/${slug}/publish`, {})).status).toBe(200);
  return slug;
}
