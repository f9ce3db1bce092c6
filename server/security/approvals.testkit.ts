import { expect, vi } from "vitest";
import type { Attacked } from "./attacked.testkit";

export interface Asked {
  runId: string;
  id: string;
}

/** Publishes a workflow that asks an operator and then does one thing. */
export async function publishAsking(
  target: Attacked,
  slug: string,
  config: Record<string, unknown> = {},
): Promise<void> {
  const spec = {
    startNodeId: "ask",
    nodes: [
      { id: "ask", type: "approval", actionLabel: "May we?", assignTo: "role:operator", ...config },
      { id: "after", type: "transform", expression: "${step.ask.output}" },
    ],
    edges: [{ from: "ask", to: "after", case: "approved" }],
  };
  const body = JSON.stringify({ slug, name: slug, spec, triggers: [{ id: "api", type: "api" }] });
  const saved = await target.send("POST", "/api/workflows", { body });
  expect(saved.status, saved.text).toBe(201);
  const published = await target.send("POST", `/api/workflows/${slug}/publish`, { body: "{}" });
  expect(published.status, published.text).toBe(200);
}

/** Starts so many runs and waits until each asks. */
export async function ask(target: Attacked, slug: string, count: number): Promise<Asked[]> {
  for (let at = 0; at < count; at += 1) {
    const { status, text } = await target.send("POST", "/api/v1/runs", { body: JSON.stringify({ template_id: slug }) });
    expect(status, text).toBeLessThan(300);
  }
  return vi.waitFor(
    async () => {
      const open = await target.rows<Asked>(
        `select p.run_id as "runId", p.id from waitpoints p join workflows w on w.id = p.workflow_id
          where p.organization_id = $1 and w.slug = $2 and p.status = 'open' and p.kind = 'approval'`,
        [target.organization.id, slug],
      );
      expect(open).toHaveLength(count);
      return open;
    },
    { timeout: 120_000 },
  );
}

export function decide(target: Attacked, key: string | null, id: string, action: "approve" | "reject") {
  return target.send("POST", `/api/v1/approvals/${id}/${action}`, { key, body: "{}" });
}

/** How often the step behind each approval ran, and how often its decision is in the audit log. */
export function tracesOf(target: Attacked, ids: readonly string[]) {
  return target.rows<{ id: string; outcome: string | null; steps: number; audits: number }>(
    `select p.id, p.outcome,
            (select count(*)::int from step_runs s where s.run_id = p.run_id and s.node_id = 'after') as steps,
            (select count(*)::int from audit_entries a where a.organization_id = p.organization_id and a.subject_id::text = p.id::text) as audits
       from waitpoints p where p.id = any($1)`,
    [ids],
  );
}
