import type { FormPage, FormPageState } from "@/core/contracts/form-page";
import { AppError } from "@/core/errors";
import { asObject, type Json, type JsonObject } from "@/core/json";
import { askableSchema } from "@/core/schema/asked-schema";
import type { RunStatus } from "@/core/run-status";
import { isFinalRunStatus } from "@/core/engine/transitions";
import { isClosed } from "@/server/auth/demo-organizations";
import { formPageActor } from "@/server/auth/link-gate";
import { seenFrom, type Actor } from "@/server/db/tenant";
import { env } from "@/server/env";
import { getOrganization } from "@/server/modules/organizations/service";
import { readStepToken } from "@/server/step-token";
import { coveredAnswers, sensitiveFields } from "./form-secrets";
import { readFormRequest, submitForm } from "./forms";
import { findRunPlace, findFormAt } from "./repository";
import { masksOfRuns, noMask } from "./sensitive";
import { noteFormsShown } from "./shown-store";

type FormRow = NonNullable<Awaited<ReturnType<typeof findFormAt>>>;
type Found = Awaited<ReturnType<typeof addressee>>;

/** Whether an address is one of a form's page, whatever came of it; others open intake forms. */
export function isFormPage(token: string): boolean {
  return readStepToken(env().NEXTAUTH_SECRET, "form", token) !== null;
}

/** What the page shows now. The address is the proof; looking changes nothing. `submissionId`: what this browser sent, if it did. */
export async function readFormPage(token: string, submissionId?: string): Promise<FormPage> {
  const found = await addressee(token);
  const organization = (await getOrganization(found.actor)).name;
  return { organization, ...(await stateOf(found, submissionId)) };
}

/** Answers the form. The same submission, sent twice, is one answer. `visitor`: who is signed in to Holdpoint in that browser. */
export async function submitFormPage(
  token: string,
  { values, submissionId }: { values: JsonObject; submissionId: string },
  by: { visitor: Actor | null; address?: string },
): Promise<{ ok: true }> {
  const { form, run, actor } = await addressee(token);
  if (form === null)
    throw new AppError("waitpoint_already_resolved", "This form takes no answers at the moment. Load the page again.");
  const { organizationId } = actor;
  const colleague = by.visitor?.organizationId === organizationId ? by.visitor.userId : null;
  // A colleague who has the address may have answered in somebody else's name: four eyes count them.
  if (colleague !== null) await noteFormsShown(organizationId, [run.id], colleague);
  try {
    const seen = seenFrom(actor, by.address ?? null);
    await submitForm(organizationId, { waitpointId: form.id, values, actor: seen, via: "link", submissionId });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "waitpoint_already_resolved") throw error;
    const now = await addressee(token);
    if (now.form === null || !isOf(now.form, submissionId)) throw lostRace(now.form);
  }
  return { ok: true };
}

/** The form that a page shows, while it can be answered. */
export async function openPage(token: string): Promise<{ form: string; schema: JsonObject; actor: Actor }> {
  const { form, actor } = await addressee(token);
  if (form?.status !== "open") throw lostRace(form);
  return { form: form.id, schema: readFormRequest(form.request).schema, actor };
}

async function addressee(token: string) {
  const place = readStepToken(env().NEXTAUTH_SECRET, "form", token);
  const run = place === null ? null : await findRunPlace(place.runId);
  if (place === null || run === null || isClosed(run.organizationId)) throw unknownPage();
  const form = await findFormAt(run.id, place.key);
  // What certain members are asked stands in their inbox, and nobody answers it for them.
  if (form !== null && form.assignees.length > 0) throw unknownPage();
  return { run, form, actor: formPageActor(run.organizationId, form?.id ?? run.id) };
}

async function stateOf({ run, form, actor }: Found, submissionId: string | undefined): Promise<FormPageState> {
  if (form === null || form.status === "superseded")
    return { state: isFinalRunStatus(run.status as RunStatus) ? "over" : "ahead" };
  const { title, description, schema, values } = readFormRequest(form.request);
  const at = (form.resolvedAt ?? form.createdAt).toISOString();
  const mask = (await masksOfRuns(actor.organizationId, [run.id])).get(run.id) ?? noMask;
  if (form.status === "open") {
    const hidden = sensitiveFields(mask, form.nodeId, Object.keys(asObject(askableSchema(schema)["properties"])));
    const dueAt = form.dueAt?.toISOString() ?? null;
    return { state: "open", title, introduction: description ?? "", schema, values, hidden, dueAt };
  }
  if (form.status !== "resolved") return { state: "over" };
  if (form.outcome !== "submitted") return { state: "expired", title, at };
  if (submissionId === undefined || !isOf(form, submissionId))
    return { state: "answered", title, at, by: form.resolvedVia === "link" ? "link" : "team" };
  const answers = asObject(asObject(form.resolution as Json)["values"] ?? null);
  return { state: "sent", title, at, schema, values: coveredAnswers(mask, form.nodeId, answers) };
}

function isOf({ resolution }: FormRow, submissionId: string): boolean {
  return asObject(resolution as Json)["submissionId"] === submissionId;
}

/** Whoever has the address need not know who else has it. */
function lostRace(form: FormRow | null): AppError {
  const why =
    form?.outcome === "submitted" ? "Somebody else has answered this form." : "This form takes no answers any more.";
  return new AppError("waitpoint_already_resolved", `${why} What you had filled in was not sent.`);
}

function unknownPage(): AppError {
  return new AppError("not_found", "This link does not open a form. Check that it is complete, or ask for a new one.");
}
