import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { createStore } from "zustand";
import { TrpcProvider } from "@/components/trpc";
import { formLayout } from "@/components/builder/fields/form-layout";
import type { BuilderState } from "@/components/builder/state/builder-state";
import { BuilderContext } from "@/components/builder/state/use-builder";
import { StepTestActions } from "@/components/builder/test/step-test-actions";
import { defaultConfig, type Spec } from "@/core/workflow/document";
import { starterNode } from "@/core/workflow/edit/compose";
import { handlesOf } from "@/core/workflow/edit/node-handles";
import type { AnyStepDefinition } from "@/core/workflow/step-definition";
import { stepDefinitions } from "@/steps/definitions";
import { StepPanel } from "./step-panel";

const definitions: readonly AnyStepDefinition[] = Object.values(stepDefinitions);
const nothing = () => undefined;

/** The panel's words and labels in reading order. */
function panel(spec: Pick<Spec, "nodes" | "edges">, more: Partial<BuilderState>): string {
  const store = createStore<BuilderState>(() => ({
    slug: "it",
    workflow: {
      workflowId: "w",
      slug: "it",
      name: "It",
      revision: 1,
      hasDraft: true,
      baseVersion: 1,
      headVersion: 1,
      publishedVersion: null,
      updatedAt: "2026-11-21T10:00:00.000Z",
      updatedBy: null,
      mayEdit: true,
      mayPublish: true,
      reviewRequired: false,
      review: null,
    },
    document: { spec: { specVersion: "1", startNodeId: "", ...spec }, triggers: [], config: defaultConfig },
    readOnly: false,
    selectedNodes: new Set(),
    selectedEdges: new Set(),
    save: { kind: "saved", at: "2026-11-21T10:00:00.000Z" },
    issues: [],
    people: [],
    panel: "step",
    focusField: null,
    sampleRun: null,
    canUndo: false,
    canRedo: false,
    announcement: "",
    apply: nothing,
    undo: nothing,
    redo: nothing,
    select: nothing,
    openStep: nothing,
    openPanel: nothing,
    setFocusField: nothing,
    setSampleRun: nothing,
    copy: nothing,
    readClipboard: () => Promise.resolve(null),
    flush: () => Promise.resolve(),
    reload: () => Promise.resolve(),
    ...more,
  }));
  const html = renderToStaticMarkup(
    <TrpcProvider>
      <BuilderContext value={store}>
        <StepPanel testActions={(nodeId) => <StepTestActions nodeId={nodeId} />} />
      </BuilderContext>
    </TrpcProvider>,
  );
  return html.replaceAll("&#x27;", "'").replaceAll("&quot;", '"');
}

/** Text between tags. */
function words(html: string): string {
  return html
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();
}

describe("M-3 the side panel of a step", () => {
  it.each(definitions.map((definition): [string, AnyStepDefinition] => [definition.type, definition]))(
    "%s has a form of labelled fields, with a name and its ways out",
    (type, definition) => {
      const node = starterNode(type, stepDefinitions, "it");
      const html = panel({ nodes: [node], edges: [] }, { selectedNodes: new Set(["it"]) });
      const text = words(html);
      expect(text).toContain(definition.title);
      expect(html).toContain('aria-label="Name of the step"');
      const plain = formLayout(definition).groups.flatMap(({ fields }) => fields);
      for (const { label } of plain.filter((field) => field.when?.(node) !== false)) expect(text).toContain(label);
      // Every field can be jumped to.
      for (const { path } of plain.filter((field) => field.when?.(node) !== false))
        expect(html).toMatch(new RegExp(`data-field="[^"]*${path.join("\\.")}`));
      for (const handle of handlesOf(node, stepDefinitions).filter(({ id }) => id !== "error"))
        expect(text).toContain(handle.label);
    },
  );

  it("shows a finding at its field, and one about the whole step at the top", () => {
    const node = starterNode("condition", stepDefinitions, "it");
    const issue = (path: string, message: string) => ({
      code: "x",
      severity: "error" as const,
      path,
      message,
      nodeId: "it",
    });
    const html = panel(
      { nodes: [node], edges: [] },
      {
        selectedNodes: new Set(["it"]),
        issues: [issue("nodes[0].expression", "There is no step here."), issue("nodes[0]", "Nothing leads here.")],
      },
    );
    expect(html.indexOf("Nothing leads here.")).toBeLessThan(html.indexOf("Is this true?"));
    expect(html.indexOf("There is no step here.")).toBeGreaterThan(html.indexOf("Is this true?"));
    expect(html.match(/There is no step here\./g)).toHaveLength(1);
  });

  it("is for reading where nobody may edit: values, and nothing to type into", () => {
    const node = { id: "it", type: "approval", name: "Manager approval", assignTo: "role:manager", timeoutHours: 24 };
    for (const definition of definitions) {
      const it = definition.type === "approval" ? node : starterNode(definition.type, stepDefinitions, "it");
      const html = panel({ nodes: [it], edges: [] }, { selectedNodes: new Set(["it"]), readOnly: true });
      expect(html).not.toMatch(/<(?:input|select|textarea)\b/);
    }
    const text = words(panel({ nodes: [node], edges: [] }, { selectedNodes: new Set(["it"]), readOnly: true }));
    expect(text).toContain("Ask Manager");
    expect(text).toContain("24 hours");
    expect(text).not.toContain("What they see");
  });

  it("keeps what it does not offer, in sight and removable", () => {
    const node = { id: "it", type: "wait", event: "paid" };
    const text = words(panel({ nodes: [node], edges: [] }, { selectedNodes: new Set(["it"]) }));
    expect(text).toContain('Event "paid" Remove');
  });
});

describe("other selections", () => {
  const spec = {
    nodes: [
      { id: "a", type: "approval", name: "Approve" },
      { id: "b", type: "end", name: "Stop" },
      { id: "c", type: "notify", name: "Tell" },
    ],
    edges: [{ from: "a", to: "b", case: "rejected" }],
  };

  it("M-3 a connection says where it comes from, by which way, and where it leads", () => {
    const html = panel(spec, { selectedEdges: new Set(["a:rejected:b"]) });
    expect(words(html)).toMatch(/Connection From Approve .*Rejected.* To .*Stop.*Tell.* Delete connection/);
    expect(html).toContain('<option value="rejected" selected="">');
  });

  it("several steps are counted, and changed together", () => {
    const text = words(panel(spec, { selectedNodes: new Set(["a", "c"]), selectedEdges: new Set(["a:rejected:b"]) }));
    expect(text).toBe("2 steps and 1 connection selected Approve Tell Duplicate Switch off Delete");
  });

  it("M-5 without a selection the input of a workflow without a Start step can be described", () => {
    expect(words(panel(spec, {}))).toContain("Input of the workflow");
    const started = { ...spec, nodes: [...spec.nodes, { id: "s", type: "start" }] };
    expect(words(panel(started, {}))).not.toContain("Input of the workflow");
  });
});
