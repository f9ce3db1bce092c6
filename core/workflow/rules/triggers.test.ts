import { expect, it } from "vitest";
import { defaultConfig } from "@/core/workflow/document";
import { indexSpec } from "@/core/workflow/spec-index";
import { connectorCatalog } from "@/connectors/definitions";
import { stepDefinitions } from "@/steps/definitions";
import { triggerProblems } from "./triggers";

const problems = (schedule: { cron: string; timezone?: string }) =>
  triggerProblems(indexSpec({ specVersion: "1", startNodeId: "", nodes: [], edges: [] }, stepDefinitions), {
    definitions: stepDefinitions,
    connectors: connectorCatalog,
    connections: null,
    triggers: [{ id: "daily", type: "schedule", ...schedule }],
    config: defaultConfig,
  }).map(({ path, message }) => [path, message]);

it("B-61 a wrong time zone is reported at the time zone", () => {
  expect(problems({ cron: "0 9 * * *", timezone: "Mars/Base" })).toEqual([
    ["triggers[0].timezone", '"Mars/Base" is not a time zone. Use a name such as Asia/Jakarta, or UTC.'],
  ]);
});
