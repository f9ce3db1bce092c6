import { absencesRouter } from "@/server/modules/absences/router";
import { approvalsRouter } from "@/server/modules/approvals/router";
import { approverRulesRouter } from "@/server/modules/approver-rules/router";
import { calendarsRouter } from "@/server/modules/calendars/router";
import { connectionsRouter } from "@/server/modules/connections/router";
import { consoleRouter } from "@/server/modules/console/router";
import { contactsRouter } from "@/server/modules/contacts/router";
import { conversationsRouter } from "@/server/modules/conversations/router";
import { decisionLinksRouter } from "@/server/modules/decision-links/router";
import { auditRouter } from "@/server/modules/evidence/router";
import { filesRouter } from "@/server/modules/form-files/router";
import { inboxRouter } from "@/server/modules/inbox/router";
import { mailboxRouter } from "@/server/modules/mailbox/router";
import { membersRouter } from "@/server/modules/members/router";
import { noticesRouter } from "@/server/modules/notices/router";
import { organizationsRouter } from "@/server/modules/organizations/router";
import { requestsRouter } from "@/server/modules/requests/router";
import { runsRouter } from "@/server/modules/runs/router";
import { sessionsRouter } from "@/server/modules/sessions/router";
import { workflowsRouter } from "@/server/modules/workflows/router";
import { triggersRouter } from "@/server/modules/triggers/router";
import { testingRouter } from "@/server/modules/testing/router";
import { libraryRouter } from "@/server/modules/library/router";
import { draftsRouter } from "@/server/modules/drafts/router";
import { liveRouter } from "@/server/api/live/router";
import { createCallerFactory, router } from "@/server/api/trpc";

/** Every procedure of the product. A module adds its router by one line. */
export const appRouter = router({
  absences: absencesRouter,
  approvals: approvalsRouter,
  approverRules: approverRulesRouter,
  audit: auditRouter,
  calendars: calendarsRouter,
  connections: connectionsRouter,
  console: consoleRouter,
  contacts: contactsRouter,
  conversations: conversationsRouter,
  decisionLinks: decisionLinksRouter,
  triggers: triggersRouter,
  testing: testingRouter,
  library: libraryRouter,
  drafts: draftsRouter,
  files: filesRouter,
  live: liveRouter,
  inbox: inboxRouter,
  mailbox: mailboxRouter,
  members: membersRouter,
  notices: noticesRouter,
  organizations: organizationsRouter,
  requests: requestsRouter,
  runs: runsRouter,
  sessions: sessionsRouter,
  workflows: workflowsRouter,
});

export type AppRouter = typeof appRouter;

/** For tests and for pages that render on the server. */
export const createCaller = createCallerFactory(appRouter);
