import { expect, it } from "vitest";
import type { JsonObject } from "@/core/json";
import { documentInReadingOrder } from "./reading-order";

it("puts what a thing is before what is in it, in bodies too, and loses nothing", () => {
  // As jsonb gives it back: short keys first.
  const stored: JsonObject = {
    spec: {
      edges: [{ to: "b", case: "out", from: "a" }],
      nodes: [
        {
          ui: { position: { x: 1, y: 2 } },
          id: "a",
          body: { edges: [], nodes: [{ id: "c", type: "wait", duration: "PT1S" }], startNodeId: "c" },
          type: "loop",
          items: "x",
        },
        { to: "x", id: "b", name: "Tell", type: "notify" },
      ],
      startNodeId: "a",
    },
    name: "Desk",
    config: { backoff: 1, maxRetries: 2, timeoutMs: 3, variables: { z: 1, a: 2 } },
    triggers: [{ cron: "0 9 * * *", type: "schedule", id: "daily" }],
  };
  const shown = documentInReadingOrder(stored);
  expect(shown).toEqual(stored);
  expect(JSON.stringify(shown)).toBe(
    JSON.stringify({
      name: "Desk",
      triggers: [{ id: "daily", type: "schedule", cron: "0 9 * * *" }],
      config: { timeoutMs: 3, maxRetries: 2, backoff: 1, variables: { z: 1, a: 2 } },
      spec: {
        startNodeId: "a",
        nodes: [
          {
            id: "a",
            type: "loop",
            items: "x",
            body: { startNodeId: "c", nodes: [{ id: "c", type: "wait", duration: "PT1S" }], edges: [] },
            ui: { position: { x: 1, y: 2 } },
          },
          { id: "b", type: "notify", name: "Tell", to: "x" },
        ],
        edges: [{ from: "a", case: "out", to: "b" }],
      },
    }),
  );
});
