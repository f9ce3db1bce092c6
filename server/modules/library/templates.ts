import type { TemplateCard, TemplateChoices } from "@/core/contracts/library";
import { AppError } from "@/core/errors";
import { newId } from "@/core/ids";
import { permissionRoles } from "@/core/permissions";
import { specGraph } from "@/core/workflow/graph";
import { importWorkflowDocument } from "@/core/workflow/workflow-document";
import { requireScope, type Actor, type UserActor } from "@/server/db/tenant";
import { writeAudit } from "@/server/db/transaction";
import { connectionsOf } from "@/server/modules/connections/service";
import { listMembers } from "@/server/modules/members/service";
import { createWorkflow } from "@/server/modules/workflows/service";
import { stepDefinitions } from "@/steps/definitions";
import { triggerDefinitions } from "@/triggers/definitions";
import { fillTemplate, type TemplateAnswers } from "./fill-template";
import * as repository from "./repository";
import { templates } from "./template-files";
import type { Template } from "./template-schema";

const sampleName = "Sample";
let cards: TemplateCard[] | null = null;

/** The gallery; the same for everybody. */
export function templateCards(): TemplateCard[] {
  cards ??= templates().map(card);
  return cards;
}

/** Connections and people that the questions of templates can be answered with. */
export async function templateChoices(actor: Actor): Promise<TemplateChoices> {
  requireScope(actor, "workflows:read");
  const [connections, members, roles] = await Promise.all([
    connectionsOf(actor.organizationId),
    listMembers(actor),
    repository.listRoles(actor.organizationId),
  ]);
  const active = members.filter((member) => member.is_active);
  const teams = new Map(active.flatMap((member) => member.teams.map((team) => [team.id, team.name] as const)));
  const business = new Set(roles.map(({ slug }) => slug));
  return {
    connections: connections.map(({ slug, name, connector }) => ({ slug, name, connector })),
    people: [
      ...roles.map(({ slug, name }) => ({ value: `role:${slug}`, label: name, group: "Roles" as const })),
      ...permissionRoles
        .filter((role) => !business.has(role) && active.some((member) => member.role === role))
        .map((role) => ({ value: `role:${role}`, label: sentence(role), group: "Roles" as const })),
      ...[...teams].map(([id, name]) => ({ value: `team:${id}`, label: name, group: "Teams" as const })),
      ...active.map(({ id, name, email }) => ({
        value: `user:${id}`,
        label: `${name} (${email})`,
        group: "People" as const,
      })),
    ],
  };
}

/** Makes a workflow of a template, with its sample input kept as a test sample. */
export async function useTemplate(
  actor: UserActor,
  { template: slug, name, answers }: { template: string; name: string; answers: TemplateAnswers },
): Promise<{ slug: string; sampleId: string; sampleInput: Template["sampleInput"] }> {
  requireScope(actor, "workflows:write");
  const template = templates().find((candidate) => candidate.slug === slug);
  if (!template) throw new AppError("not_found", "There is no such template. Choose one from the gallery.");
  const document = fillTemplate(template, answers);
  const sampleId = newId();
  const { organizationId, userId: createdById } = actor;
  const { workflow } = await createWorkflow(actor, { ...document, name }, async (tx, id) => {
    await repository.updatePlaced(tx, id, { tags: [...template.tags].sort() });
    const input = template.sampleInput;
    await repository.insertSamples(tx, [
      { id: sampleId, organizationId, workflowId: id, name: sampleName, input, createdById },
    ]);
    await writeAudit(tx, actor, "workflow.template_used", { type: "workflow", id }, { template: slug });
  });
  return { slug: workflow.slug, sampleId, sampleInput: template.sampleInput };
}

function card({ workflow, asks, ...meta }: Template): TemplateCard {
  const imported = importWorkflowDocument(workflow, stepDefinitions, triggerDefinitions);
  if (!imported.ok) throw new Error(`Template ${meta.slug}: ${JSON.stringify(imported.issues)}`);
  return {
    ...meta,
    asks: asks.map(({ paths: _paths, ...ask }) => ask),
    graph: specGraph(imported.document.spec, stepDefinitions),
  };
}

function sentence(role: string): string {
  return role.charAt(0).toUpperCase() + role.slice(1);
}
