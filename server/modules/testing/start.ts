import { testSettingsSchema, type PinnedResult, type StartedTest, type StartTest } from "@/core/contracts/test-run";
import { AppError } from "@/core/errors";
import type { Json, JsonObject } from "@/core/json";
import type { Issue } from "@/core/workflow/document";
import { sameJson } from "@/core/json-guard";
import { requireStanding } from "@/server/auth/standing";
import { requireScope, type UserActor } from "@/server/db/tenant";
import { auditProof, withTransaction, writeAudit } from "@/server/db/transaction";
import { startVersion } from "@/server/modules/runs/service";
import { blocksPublishing, checkWorkflow, findVersion, readVersion } from "@/server/modules/workflows/service";
import { liveConnections } from "./live-connections";
import { recordedPins } from "./recorded-pins";
import * as repository from "./repository";
import { testedDocument, type TestedDocument } from "./tested-document";

/** Runs the draft as it is stored, for real, with its tester in the place of everybody else. */
export async function startTest(actor: UserActor, request: StartTest): Promise<StartedTest> {
  requireScope(actor, "workflows:write");
  requireScope(actor, "runs:start");
  const tested = await testedDocument(actor, request.slug);
  await refuseErrors(actor, tested);
  const pins = await pinsOf(actor, tested, request.from);
  const live = await liveConnections(actor, tested.document.spec, (id) => Object.hasOwn(pins, id));
  if (live.length > 0 && request.allowLive) await requireMayTestLive(actor, tested);
  if (live.length > 0 && !request.allowLive) return { started: false, liveConnections: live };
  const versionId = await freeze(actor, tested, { pins, liveAllowed: request.allowLive && live.length > 0 });
  const { workflow, document } = tested;
  const { id } = await startVersion(
    {
      workflow: { ...workflow, organizationId: actor.organizationId, versionId },
      // Version 0: people read "Draft". The driver begins with a step of its own, since the first may be pinned.
      facts: {
        versionId,
        version: 0,
        first: null,
        inputSchema: document.spec.inputSchema ?? null,
        triggers: [],
        concurrency: null,
        variables: {},
      },
      ownerId: actor.userId,
      actor,
      proof: auditProof(actor),
    },
    { input: request.input, triggerType: "test", label: "Test", test: true },
  );
  return { started: true, runId: id };
}

/** A test answers its own questions: what it may reach for real is said by those who answer for the services. */
async function requireMayTestLive(actor: UserActor, { workflow, document }: TestedDocument): Promise<void> {
  requireScope(actor, "connections:test_live");
  await withTransaction((tx) => requireStanding(tx, actor, "connections:test_live"));
  if (!workflow.reviewRequired) return;
  const reviewed =
    workflow.publishedVersion === null
      ? null
      : await findVersion(actor.organizationId, workflow.id, workflow.publishedVersion);
  if (reviewed && sameJson(readVersion(reviewed).spec, document.spec)) return;
  throw new AppError(
    "conflict",
    "This workflow wants a second person before changes go live, and nobody has reviewed this draft. Test it without live connections, or let it be reviewed and published first.",
  );
}

async function refuseErrors(actor: UserActor, { document }: TestedDocument): Promise<void> {
  const errors = (await checkWorkflow(actor, document)).filter(
    (issue) => issue.severity === "error" && !issue.path.startsWith("triggers") && !harmlessInTests.has(issue.code),
  );
  const [first] = errors;
  if (!first || !blocksPublishing(errors)) return;
  const more = errors.length === 1 ? "" : ` There are ${String(errors.length - 1)} more problems.`;
  throw new AppError("validation_failed", `This draft cannot run yet: ${first.message}${more}`, errors.map(detailOf));
}

/** A test is started by hand and all its questions go to the tester: triggers and people do not keep it from running. */
const harmlessInTests: ReadonlySet<string> = new Set(["no_trigger", "no_reachable_approver", "unreachable_form"]);

function detailOf({ code, severity, path, message }: Issue) {
  return { code, severity, path, message };
}

async function pinsOf(
  actor: UserActor,
  tested: TestedDocument,
  from: StartTest["from"],
): Promise<Record<string, PinnedResult>> {
  const pinned = await repository.listPins(actor.organizationId, tested.workflow.id);
  return {
    ...Object.fromEntries(
      // A jsonb column holds JSON values only.
      pinned.map(({ nodeId, handle, output }) => [nodeId, { handle, output: output as Json }]),
    ),
    ...(from ? await recordedPins(actor, tested, from) : {}),
  };
}

/** Keeps the draft as it is now, as a version without a number that people see; the same draft is kept once. */
async function freeze(
  actor: UserActor,
  { workflow, document }: TestedDocument,
  how: { pins: Record<string, PinnedResult>; liveAllowed: boolean },
): Promise<string> {
  const { organizationId } = actor;
  const frozen: repository.FrozenParts = {
    // Read from JSON columns and so JSON; their types only leave fields open.
    spec: document.spec as unknown as JsonObject,
    triggers: document.triggers as unknown as Json[],
    config: document.config as unknown as JsonObject,
    testSettings: testSettingsSchema.parse({
      testerId: actor.userId,
      testerName: actor.name,
      testerEmail: actor.email ?? actor.userId,
      ...how,
    }),
  };
  return withTransaction(async (tx) => {
    if (!(await repository.lockWorkflow(tx, organizationId, workflow.id)))
      throw new AppError("not_found", "There is no such workflow.");
    const newest = await repository.findNewestFrozen(tx, organizationId, workflow.id);
    const { id: known, number, ...kept } = newest ?? { id: null, number: 0 };
    const versionId =
      known !== null && sameJson(kept, frozen)
        ? known
        : await repository.insertFrozen(tx, {
            ...frozen,
            organizationId,
            workflowId: workflow.id,
            number: number - 1,
            createdById: actor.userId,
          });
    const facts = { slug: workflow.slug, pinned: Object.keys(how.pins), liveAllowed: how.liveAllowed };
    await writeAudit(tx, actor, "workflow.tested", { type: "workflow", id: workflow.id }, facts);
    return versionId;
  });
}
