import { describe, expect, it } from "vitest";
import { connectorCatalog } from "@/connectors/definitions";
import { documentJsonSchema } from "@/core/workflow/json-schema";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { completeJson } from "./json-completion";

const knowledge = {
  schema: documentJsonSchema(stepDefinitions, triggerDefinitions),
  definitions: stepDefinitions,
  triggerDefinitions,
  actionIds: connectorCatalog.actionIds,
};

/** Completes where the text has a `|`. */
function complete(marked: string) {
  const at = marked.indexOf("|");
  const text = marked.replace("|", "");
  const found = completeJson(text, at, knowledge);
  const replaced = found ? text.slice(found.from, found.to) : null;
  return { replaced, options: found?.options ?? [], labels: (found?.options ?? []).map(({ label }) => label) };
}

const nodes = `[{ "id": "ask", "type": "approval" }, { "id": "tell", "type": "notify", "channels": ["email"], "to": "x", "message": "y" }]`;

describe("M-3 completion in the JSON view", () => {
  it("offers the fields of the document, without those that are there", () => {
    expect(complete('{ "spec": {}, | }').labels).toEqual(["triggers", "config"]);
    expect(complete('{ "spec": { "specVersion": "1", "| } }').labels).toEqual(
      expect.arrayContaining(["startNodeId", "nodes", "edges", "inputSchema"]),
    );
  });

  it("offers the fields of the step's own type, with what they mean", () => {
    const { labels, options } = complete('{ "spec": { "nodes": [{ "id": "a", "type": "approval", "|" }] } }');
    expect(labels).toEqual(expect.arrayContaining(["assignTo", "timeoutHours", "onTimeout", "name", "retry"]));
    expect(labels).not.toContain("channels");
    expect(labels).not.toContain("type");
    expect(options.find(({ label }) => label === "timeoutHours")).toMatchObject({
      insert: '"timeoutHours": ${}',
      info: "Hours to wait before onTimeout applies",
    });
  });

  it("replaces the name that is being written, and leaves its value alone", () => {
    const { replaced, options } = complete('{ "spec": { "nodes": [{ "type": "wait", "dur|": "PT5M" }] } }');
    expect(replaced).toBe('"dur"');
    expect(options.find(({ label }) => label === "duration")?.insert).toBe('"duration"');
  });

  it("offers the values that a field takes", () => {
    expect(complete('{ "spec": { "nodes": [{ "type": "approval", "onTimeout": "|" }] } }').labels).toEqual([
      "approve",
      "reject",
      "fail",
      "escalate",
    ]);
    expect(complete('{ "spec": { "nodes": [{ "disabled": | }] } }').labels).toEqual(["true", "false"]);
    expect(complete('{ "triggers": [{ "id": "x", "type": "|" }] }').labels).toContain("schedule");
  });

  it("offers every step type where a step belongs, and whole steps in the list", () => {
    const types = complete('{ "spec": { "nodes": [{ "id": "a", "type": "|" }] } }');
    expect(types.labels).toEqual(Object.keys(stepDefinitions));
    const steps = complete('{ "spec": { "nodes": [|] } }');
    expect(steps.options.find(({ label }) => label === "approval")?.insert).toBe('{ "id": "${}", "type": "approval" }');
  });

  it("offers the steps of the same part for connections, in bodies those of the body", () => {
    expect(complete(`{ "spec": { "nodes": ${nodes}, "edges": [{ "from": "|" }] } }`).labels).toEqual(["ask", "tell"]);
    expect(complete(`{ "spec": { "startNodeId": "|", "nodes": ${nodes} } }`).labels).toEqual(["ask", "tell"]);
    const body = `{ "spec": { "nodes": [{ "id": "each", "type": "loop", "body": { "nodes": [{ "id": "inner", "type": "transform" }], "edges": [{ "to": "|" }] } }] } }`;
    expect(complete(body).labels).toEqual(["inner"]);
  });

  it("offers the ways out of the step that a connection comes from", () => {
    expect(complete(`{ "spec": { "nodes": ${nodes}, "edges": [{ "from": "ask", "case": "|" }] } }`).labels).toEqual([
      "approved",
      "rejected",
      "timed_out",
      "error",
    ]);
  });

  it("offers the actions of connectors", () => {
    expect(complete('{ "spec": { "nodes": [{ "type": "tool_call", "tool": "str|" }] } }').labels).toContain(
      "stripe.subscription.update",
    );
  });

  it("goes on in a text that is broken behind and before the cursor", () => {
    expect(complete('{ "spec": { "nodes": [{ "type": "wait", "|').labels).toContain("duration");
    expect(complete('{ "spec": { "nodes": [{ "id": , "type": "wait", | "until"').labels).toContain("duration");
    expect(complete("|").labels).toEqual([]);
  });

  it("completes at the end of a document of 500 steps", () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      id: `s${String(index)}`,
      type: "approval",
      name: "Step",
    }));
    const text = JSON.stringify({ spec: { nodes: many, edges: [] } }, null, 2);
    const at = text.lastIndexOf('"name"');
    expect(completeJson(text, at, knowledge)?.options.map(({ label }) => label)).toContain("assignTo");
  });
});
