import { z } from "zod";
import type { CustomerForm, PastCustomerForm } from "@/core/contracts/conversation";
import { asObject } from "@/core/json";
import { askableSchema } from "@/core/schema/asked-schema";
import { inOrder } from "@/core/schema/property-order";
import type { OrganizationId } from "@/server/db/tenant";
import { isForCustomer, type FormRow, type RequestFacts } from "@/server/modules/requests/service";
import { coveredAnswers, masksOfRuns, noMask, sensitiveFields, type Mask } from "@/server/modules/runs/service";

const formSchema = z.object({
  title: z.string().default("Form"),
  description: z.string().nullish(),
  schema: z.record(z.string(), z.json()).default({}).transform(inOrder),
  values: z.record(z.string(), z.json()).default({}),
  deliverTo: z.string().default("conversation"),
});
const answersSchema = z.object({ values: z.record(z.string(), z.json()).default({}) }).catch({ values: {} });
/** Of a form that somebody answered; any other end is one that nobody answered. */
const answered = "submitted";
/** Of a form whose time ran out. */
const late = "timed_out";

/** What the customer is asked to fill in now. */
export async function openForms(
  organizationId: OrganizationId,
  requests: readonly RequestFacts[],
): Promise<CustomerForm[]> {
  const open = requests.flatMap(({ waitpoints }) => waitpoints.filter(isForCustomer).filter(isShownHere));
  const masks = await masksOf(organizationId, open);
  return open.map(({ id, runId, nodeId, request, createdAt }) => {
    const { title, description, schema, values } = formSchema.parse(request);
    const hidden = sensitiveFields(masks(runId), nodeId, Object.keys(asObject(askableSchema(schema)["properties"])));
    const askedAt = createdAt.toISOString();
    return { waitpointId: id, title, introduction: description ?? "", askedAt, schema, values, hidden };
  });
}

/** What they were asked before, and what came of it. */
export async function pastForms(organizationId: OrganizationId, all: readonly FormRow[]): Promise<PastCustomerForm[]> {
  const rows = all.filter(isShownHere);
  const masks = await masksOf(organizationId, rows);
  return rows.map(({ id, runId, nodeId, request, outcome, resolution, resolvedVia, resolvedAt, createdAt }) => {
    const { title, schema } = formSchema.parse(request);
    const form = { waitpointId: id, title, schema, askedAt: createdAt.toISOString() };
    const ended = { ...form, endedAt: (resolvedAt ?? createdAt).toISOString() };
    if (outcome !== answered)
      return { ...ended, outcome: outcome === late ? "timed_out" : "withdrawn", by: null, values: {} };
    const values = coveredAnswers(masks(runId), nodeId, answersSchema.parse(resolution).values);
    return { ...ended, outcome: "sent", by: resolvedVia === "link" ? "you" : "team", values };
  });
}

/** What has only a page of its own may be for others than the customer. */
function isShownHere({ request }: { request: unknown }): boolean {
  return formSchema.parse(request).deliverTo !== "page";
}

async function masksOf(
  organizationId: OrganizationId,
  forms: readonly { runId: string }[],
): Promise<(runId: string) => Mask> {
  const masks = await masksOfRuns(organizationId, [...new Set(forms.map(({ runId }) => runId))]);
  return (runId) => masks.get(runId) ?? noMask;
}
