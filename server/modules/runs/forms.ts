import { z } from "zod";
import { AppError } from "@/core/errors";
import { isUuid } from "@/core/ids";
import type { JsonObject } from "@/core/json";
import { workApart } from "@/server/apart/work-apart";
import type { SchemaIssue } from "@/core/schema/schema-patterns";
import { inOrder } from "@/core/schema/property-order";
import { takeFiles } from "@/server/modules/files/service";
import { requireScope, type Actor, type OrganizationId } from "@/server/db/tenant";
import { requireAsked } from "./asked-of";
import { findWaitpoint } from "./repository";
import { resolveOrRefuse } from "./waitpoints";

const formRequestSchema = z.object({
  title: z.string().default("Form"),
  description: z.string().nullish(),
  schema: z.record(z.string(), z.json()).default({}).transform(inOrder),
  values: z.record(z.string(), z.json()).default({}),
});

/** Checks values against the form's schema and resolves its waitpoint. Used by REST and by the customer's page. */
export async function submitForm(
  organizationId: OrganizationId,
  request: {
    waitpointId: string;
    values: JsonObject;
    actor: Actor;
    via: "ui" | "api" | "link";
    conversationRunIds?: readonly string[];
    /** A tester answers in the place of whom the form is for. */
    rehearsal?: boolean;
    /** Of a page: what came once more is told from what somebody else sent. */
    submissionId?: string;
  },
): Promise<{ runId: string }> {
  const isColleague = request.via !== "link" && !request.rehearsal;
  if (isColleague) requireScope(request.actor, "forms:submit");
  const { waitpoint, form } = await readForm(organizationId, request.waitpointId);
  const mine = request.conversationRunIds === undefined || request.conversationRunIds.includes(waitpoint.runId);
  // What certain people are asked is not the customer's, though it is asked in their conversation's run.
  const isTeams = request.via === "link" && waitpoint.assignees.length > 0;
  if (!mine || isTeams) throw new AppError("not_found", "There is no such form.");
  const inName = isColleague
    ? await requireAsked(
        request.actor,
        waitpoint,
        "forms:submit",
        "This form is for somebody else. Ask them, or an administrator, to fill it in.",
      )
    : null;
  // All ways to answer meet here, so a default means the same on each of them, and the same as at a run's start.
  const answers = await workApart(organizationId, "formAnswers", { schema: form.schema, input: request.values });
  requireFit(answers.problems);
  const { schema } = form;
  const { values, ids, problems } = await takeFiles(
    organizationId,
    { waitpointId: waitpoint.id },
    { schema, values: answers.values },
  );
  // Of a form that was answered meanwhile the files are gone; that it was answered is what there is to say.
  if (problems.length > 0 && (await findWaitpoint(organizationId, waitpoint.id))?.status === "open")
    requireFit(problems);
  return resolveOrRefuse(
    {
      organizationId,
      waitpointId: waitpoint.id,
      outcome: "submitted",
      action: "form.submitted",
      actor: request.actor,
      via: request.via,
      files: ids,
      ...(inName && { shownAs: inName.shownAs, asked: inName.asked }),
      resolution: {
        values,
        ...inName?.resolution,
        ...(request.rehearsal ? { rehearsal: true } : {}),
        ...(request.submissionId === undefined ? {} : { submissionId: request.submissionId }),
      },
    },
    "form",
  );
}

function requireFit(problems: readonly SchemaIssue[]): void {
  if (problems.length === 0) return;
  throw new AppError(
    "validation_failed",
    "Some answers are missing or not valid.",
    problems.map(({ path, message }) => ({
      code: "invalid_value",
      severity: "error" as const,
      path: path === "" ? "values" : `values.${path}`,
      message,
    })),
  );
}

/** A form and its schema in its author's order. The caller has checked who asks. */
export async function readForm(organizationId: OrganizationId, idText: string) {
  const waitpoint = await existingWaitpoint(organizationId, idText, "form");
  return { waitpoint, form: readFormRequest(waitpoint.request) };
}

/** What a form asks, as its wait keeps it. */
export function readFormRequest(request: unknown): z.output<typeof formRequestSchema> {
  return formRequestSchema.parse(request);
}

export async function existingWaitpoint(organizationId: OrganizationId, idText: string, kind: "form" | "handoff") {
  const row = isUuid(idText) ? await findWaitpoint(organizationId, idText) : null;
  if (row?.kind !== kind) throw new AppError("not_found", `There is no such ${kind}.`);
  return row;
}
