import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { PermissionRole } from "@/core/permissions";
import type { Operation } from "@/core/workflow/edit/operation";
import { createCaller } from "@/server/routes/root";
import { addTestMember, type TestOrganization } from "@/server/auth/identity.testkit";
import { hotPool } from "@/server/db/pools";
import type { UserActor } from "@/server/db/tenant";
import { useWorkflowBench } from "@/server/modules/workflows/workflows.testkit";

/** The workflow bench with the procedures of the builder's pages. */
export function useDraftBench() {
  const bench = useWorkflowBench();
  const pageOf = (actor: UserActor) => createCaller({ actor, requestId: "test" });
  const member = (role: PermissionRole, organization?: TestOrganization) =>
    pageOf((organization ?? bench.north()).members[role].actor);
  return {
    ...bench,
    pageOf,
    member,
    /** Another person who may build. */
    async colleague(name: string) {
      const added = await addTestMember({
        organizationId: bench.north().id,
        role: "builder",
        email: `${name}@acme.com`,
      });
      return { ...added, page: pageOf(added.actor) };
    },
    /** Saves edits as the builder, from one tab. */
    edit: (slug: string, operations: Operation[], baseRevision = 0, clientId = "tab") =>
      member("builder").drafts.applyBatch({ slug, clientId, batchId: randomUUID(), baseRevision, operations }),
    async auditOf(slug: string): Promise<string[]> {
      const { rows } = await hotPool().query<{ action: string }>(
        `select a.action from audit_entries a join workflows w on w.id::text = a.subject_id
        where w.slug = $1 and w.organization_id = $2 order by a.id`,
        [slug, bench.north().id],
      );
      return rows.map(({ action }) => action);
    },
  };
}

/** A field of the one step that `small` workflows have. */
export const setExpression = (key: string, value: string): Operation => ({
  op: "update_node",
  id: "shape",
  changes: [{ path: ["expression", key], value }],
});

export const addStep = (id: string): Operation => ({
  op: "add_node",
  container: null,
  node: { id, type: "transform", expression: { made: id } },
});

export const connect = (from: string, to: string): Operation => ({ op: "connect", from, case: "out", to });

/** The code of the refusal that a procedure answers with. */
export async function refusal(answer: Promise<unknown>): Promise<string> {
  const error: unknown = await answer.then(
    () => expect.fail("the call was not refused"),
    (thrown: unknown) => thrown,
  );
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ?? String(error);
}
