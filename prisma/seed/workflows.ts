import type { JsonObject } from "@/core/json";
import type { UserActor } from "@/server/db/tenant";
import { prisma } from "@/server/db/client";
import { organizeWorkflow } from "@/server/modules/library/service";
import { changeWorkflow, createWorkflow, publishWorkflow } from "@/server/modules/workflows/service";
import indonesianKyc from "@/workflows/indonesian-kyc-v1.json";
import refundDesk from "@/workflows/refund-desk.json";
import subscriptionUpgrade from "@/workflows/subscription-upgrade.json";
import weeklyStockCheck from "@/workflows/weekly-stock-check.json";
import { withoutApproval, withoutExplanation } from "./earlier-versions";

const hour = 3_600_000;
const day = 24 * hour;

interface SeededVersion {
  document: JsonObject;
  note: string;
  /** How long ago it went live, ms; null: it is not published. */
  publishedAgo: number | null;
}

const upgrade = asDocument(subscriptionUpgrade);

/** Every workflow of the demo with its versions, oldest first. */
const workflows: readonly { slug: string; folder: string; tags: string[]; versions: readonly SeededVersion[] }[] = [
  {
    slug: "subscription-upgrade",
    folder: "Customers",
    tags: ["billing"],
    versions: [
      { document: withoutApproval(upgrade), note: "Initial version", publishedAgo: 14 * day },
      { document: withoutExplanation(upgrade), note: "Added approval step", publishedAgo: 3 * day },
      { document: upgrade, note: "Customers read why they were declined", publishedAgo: 2 * hour },
    ],
  },
  {
    slug: "indonesian-kyc-v1",
    folder: "Compliance",
    tags: ["kyc"],
    versions: [{ document: asDocument(indonesianKyc), note: "Initial version", publishedAgo: 13 * day }],
  },
  {
    slug: "refund-desk",
    folder: "Customers",
    tags: ["billing", "support"],
    versions: [{ document: asDocument(refundDesk), note: "Initial version", publishedAgo: 12 * day }],
  },
  // Its model step has no executor yet, so it cannot be published.
  {
    slug: "weekly-stock-check",
    folder: "Operations",
    tags: ["stock"],
    versions: [{ document: asDocument(weeklyStockCheck), note: "Initial version", publishedAgo: null }],
  },
];

export interface SeededWorkflow {
  id: string;
  versions: { id: string; number: number; publishedAt: Date | null; startNodeId: string }[];
}

/** Imports and publishes what is missing, then sets the clock of its history back. */
export async function seedWorkflows(actor: UserActor, now: number): Promise<Map<string, SeededWorkflow>> {
  const seeded = new Map<string, SeededWorkflow>();
  for (const { slug, folder, tags, versions } of workflows) {
    const fresh = await bringUp(actor, slug, versions);
    if (fresh) {
      await organizeWorkflow(actor, { slug, folder, tags });
      await setBack(actor, slug, versions, now);
    }
    seeded.set(slug, await readBack(actor, slug));
  }
  return seeded;
}

async function bringUp(actor: UserActor, slug: string, versions: readonly SeededVersion[]): Promise<boolean> {
  const known = await prisma().workflow.findUnique({
    where: { organizationId_slug: { organizationId: actor.organizationId, slug } },
    select: { headVersion: true, publishedVersion: true },
  });
  const isFinished =
    known?.headVersion === versions.length &&
    (known.publishedVersion === known.headVersion || versions.at(-1)?.publishedAgo === null);
  // Whoever edited the demo keeps the edits.
  if (isFinished || (known && known.headVersion > versions.length)) return false;
  // Who starts the demo holds all of its data, and nobody has a browser yet.
  const proven: UserActor = { ...actor, session: { id: "seed", provenAt: new Date() } };
  for (const [index, { document, note, publishedAgo }] of versions.entries()) {
    if (known && known.headVersion > index + 1) continue;
    if (known?.headVersion !== index + 1)
      await (index === 0 ? createWorkflow(actor, document) : changeWorkflow(proven, slug, document));
    if (publishedAgo !== null) await publishWorkflow(proven, slug, { note });
  }
  return true;
}

async function setBack(actor: UserActor, slug: string, versions: readonly SeededVersion[], now: number): Promise<void> {
  const { organizationId } = actor;
  const workflow = await prisma().workflow.findUniqueOrThrow({
    where: { organizationId_slug: { organizationId, slug } },
    select: { id: true },
  });
  for (const [index, { publishedAgo }] of versions.entries()) {
    const at = new Date(now - (publishedAgo ?? 5 * day));
    await prisma().workflowVersion.update({
      where: { workflowId_number: { workflowId: workflow.id, number: index + 1 } },
      data: { createdAt: new Date(at.getTime() - 10 * 60_000), ...(publishedAgo === null ? {} : { publishedAt: at }) },
    });
  }
  const [first, last] = [versions[0], versions.at(-1)];
  await prisma().workflow.update({
    where: { id: workflow.id },
    data: {
      createdAt: new Date(now - (first?.publishedAgo ?? 5 * day) - 10 * 60_000),
      updatedAt: new Date(now - (last?.publishedAgo ?? 5 * day)),
    },
  });
}

async function readBack(actor: UserActor, slug: string): Promise<SeededWorkflow> {
  const row = await prisma().workflow.findUniqueOrThrow({
    where: { organizationId_slug: { organizationId: actor.organizationId, slug } },
    select: {
      id: true,
      versions: { select: { id: true, number: true, publishedAt: true, spec: true }, orderBy: { number: "asc" } },
    },
  });
  return {
    id: row.id,
    versions: row.versions.map(({ spec, ...version }) => {
      const { startNodeId } = spec as { startNodeId: string };
      return { ...version, startNodeId };
    }),
  };
}

/** A file is JSON; the compiler lists its fields instead. */
function asDocument(file: object): JsonObject {
  return file as JsonObject;
}
