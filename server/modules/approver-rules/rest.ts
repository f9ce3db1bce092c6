import { z } from "zod";
import {
  ruleItemSchema,
  ruleNameSchema,
  ruleObjectSchema,
  simulateBodySchema,
  simulationSchema,
} from "@/core/contracts/approver-rule";
import { defineRoute, type Route } from "@/server/api/rest/route";
import { getRule, listRules, simulate } from "./service";

const path = "/api/v1/approver-rules";
const family = "runs";

export const routes: Route[] = [
  defineRoute({
    method: "GET",
    path,
    family,
    scope: "workflows:read",
    summary: "The tables of approver rules, by name.",
    response: z.object({ approver_rules: z.array(ruleItemSchema) }),
    handler: async ({ actor }) => ({ body: { approver_rules: await listRules(actor) } }),
  }),
  defineRoute({
    method: "GET",
    path: `${path}/{key}`,
    family,
    scope: "workflows:read",
    summary: "A table of approver rules: what is live of it, and its draft.",
    params: ruleNameSchema,
    response: ruleObjectSchema,
    handler: async ({ actor, params }) => {
      const { draft, live, key, name, live_version, published_at, published_by, has_changes, rows, used_by } =
        await getRule(actor, params.key);
      const { revision, document } = draft;
      return {
        body: {
          key,
          name,
          live_version,
          published_at,
          published_by,
          has_changes,
          rows,
          used_by,
          document: live,
          draft: { revision, document },
        },
      };
    },
  }),
  defineRoute({
    method: "POST",
    path: `${path}/{key}/simulate`,
    family,
    scope: "workflows:read",
    summary: "Who would decide a request with these values; nothing is asked of anybody.",
    params: ruleNameSchema,
    body: simulateBodySchema,
    response: simulationSchema,
    handler: async ({ actor, params, body }) => ({ body: await simulate(actor, { ...body, key: params.key }) }),
  }),
];
