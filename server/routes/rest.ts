import { routes as health } from "@/server/api/health/rest";
import { routes as absences } from "@/server/modules/absences/rest";
import { routes as apiKeys } from "@/server/modules/api-keys/rest";
import { routes as approvals } from "@/server/modules/approvals/rest";
import { routes as approverRules } from "@/server/modules/approver-rules/rest";
import { routes as audit } from "@/server/modules/audit/rest";
import { routes as calendars } from "@/server/modules/calendars/rest";
import { routes as connections } from "@/server/modules/connections/rest";
import { routes as contacts } from "@/server/modules/contacts/rest";
import { routes as conversations } from "@/server/modules/conversations/rest";
import { routes as evidence } from "@/server/modules/evidence/rest";
import { routes as formFiles } from "@/server/modules/form-files/rest";
import { routes as events } from "@/server/modules/events/rest";
import { routes as legalHolds } from "@/server/modules/legal-holds/rest";
import { routes as members } from "@/server/modules/members/rest";
import { routes as runs } from "@/server/modules/runs/rest";
import { routes as sessions } from "@/server/modules/sessions/rest";
import { routes as triggers } from "@/server/modules/triggers/rest";
import { routes as webhooks } from "@/server/modules/webhooks/rest";
import { routes as workflows } from "@/server/modules/workflows/rest";
import { referenceRoute } from "@/server/api/rest/reference";
import { createRouter, type Router } from "@/server/api/rest/router";

/** Every REST route of the product. A module adds its `routes` by one line; see README.md. */
const modules = [
  health,
  absences,
  apiKeys,
  approvals,
  approverRules,
  audit,
  calendars,
  connections,
  contacts,
  conversations,
  evidence,
  formFiles,
  events,
  legalHolds,
  members,
  runs,
  sessions,
  triggers,
  webhooks,
  workflows,
];

let compiled: Router | undefined;

/** The compiled table, made once. */
export function restRouter(): Router {
  const routes = modules.flat();
  compiled ??= createRouter([...routes, referenceRoute(routes)]);
  return compiled;
}
