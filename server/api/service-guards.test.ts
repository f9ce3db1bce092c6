import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestOrganization, type TestOrganization } from "@/server/auth/identity.testkit";
import { useTestDatabase } from "@/server/db/database.testkit";
import * as apiKeys from "@/server/modules/api-keys/service";
import * as audit from "@/server/modules/audit/service";
import * as connections from "@/server/modules/connections/service";
import * as operators from "@/server/modules/console/service";
import * as contacts from "@/server/modules/contacts/service";
import * as conversations from "@/server/modules/conversations/service";
import * as deliveries from "@/server/modules/deliveries/service";
import * as drafts from "@/server/modules/drafts/service";
import * as evidence from "@/server/modules/evidence/service";
import { exportActivity } from "@/server/modules/evidence/export";
import { decisionEvidence, periodEvidence } from "@/server/modules/evidence/pack";
import * as events from "@/server/modules/events/service";
import * as inbox from "@/server/modules/inbox/service";
import * as library from "@/server/modules/library/service";
import * as notices from "@/server/modules/notices/service";
import { eventsOf, receiptsOf } from "@/server/modules/runs/history";
import { getForm } from "@/server/modules/runs/get-form";
import { readHandoff, resolveHandoff } from "@/server/modules/runs/handoffs";
import { previewRestore } from "@/server/modules/runs/snapshots";
import { controlRun } from "@/server/modules/runs/control";
import { revealStep } from "@/server/modules/runs/reveal";
import * as repairs from "@/server/modules/repairs/service";
import * as requests from "@/server/modules/requests/service";
import * as runs from "@/server/modules/runs/service";
import { snapshotsOf } from "@/server/modules/runs/snapshots";
import * as testing from "@/server/modules/testing/service";
import * as webhooks from "@/server/modules/webhooks/service";
import { workflowOverview } from "@/server/modules/workflows/overview";
import * as workflows from "@/server/modules/workflows/service";
import type { TestDatabase } from "@/tests/database";
import { approvalGuards, gone, page, peopleGuards, type Calls } from "./service-guards.testkit";

let database: TestDatabase;
let north: TestOrganization;
beforeAll(async () => {
  database = await useTestDatabase();
  north = await createTestOrganization("north");
});
afterAll(() => database.close());

/** Every use case that a route or procedure calls, with the permission that it asks for itself. */
const calls: Readonly<Record<string, Calls>> = {
  ...peopleGuards,
  "api-keys": {
    createApiKey: ["api_keys:manage", (actor) => apiKeys.createApiKey(actor, { name: "x" })],
    listApiKeys: ["api_keys:manage", (actor) => apiKeys.listApiKeys(actor, page)],
    revokeApiKey: ["api_keys:manage", (actor) => apiKeys.revokeApiKey(actor, gone)],
  },
  approvals: approvalGuards,
  audit: {
    listAudit: ["audit:read", (actor) => audit.listAudit(actor, page)],
    listLines: ["audit:read", (actor) => audit.listLines(actor, {}, page)],
    readChain: ["audit:read", (actor) => audit.readChain(actor)],
    proofOf: ["audit:read", (actor) => audit.proofOf(actor, [])],
    checkChain: ["audit:read", (actor) => audit.checkChain(actor)],
    countLinesFor: ["audit:read", (actor) => audit.countLinesFor(actor, {}, { most: 1 })],
  },
  connections: {
    createConnection: [
      "connections:write",
      (actor) =>
        connections.createConnection(actor, {
          slug: "x",
          connector: "http",
          base_url: "https://example.test",
          auth: { type: "none" },
        } as never),
    ],
    listConnections: ["connections:read", (actor) => connections.listConnections(actor, page)],
    getConnection: ["connections:read", (actor) => connections.getConnection(actor, "x")],
    updateConnection: ["connections:write", (actor) => connections.updateConnection(actor, "x", {})],
    deleteConnection: ["connections:write", (actor) => connections.deleteConnection(actor, "x")],
    testConnection: ["connections:write", (actor) => connections.testConnection(actor, "x", "/")],
  },
  console: {
    listConsole: ["conversations:read", (actor) => operators.listConsole(actor, { ...page, view: "open", search: "" })],
    countConsole: ["conversations:read", (actor) => operators.countConsole(actor)],
    openInConsole: ["conversations:read", (actor) => operators.openInConsole(actor, gone)],
    readThread: ["conversations:read", (actor) => operators.readThread(actor, gone, page)],
    contactHistory: ["conversations:read", (actor) => operators.contactHistory(actor, gone)],
    seeConversation: ["conversations:read", (actor) => operators.seeConversation(actor, gone)],
    claimConversation: [
      "conversations:write",
      (actor) => operators.claimConversation(actor, gone, { from: null, word: "" }),
    ],
    releaseConversation: ["conversations:write", (actor) => operators.releaseConversation(actor, gone, "")],
    closeConversation: ["conversations:write", (actor) => operators.closeConversation(actor, gone)],
    reopenConversation: ["conversations:write", (actor) => operators.reopenConversation(actor, gone)],
    answerCustomer: ["conversations:write", (actor) => operators.answerCustomer(actor, gone, "x")],
    addNote: ["conversations:write", (actor) => operators.addNote(actor, gone, "x")],
    cannedAnswers: ["conversations:read", (actor) => operators.cannedAnswers(actor)],
    saveCanned: ["conversations:write", (actor) => operators.saveCanned(actor, { id: null, name: "x", body: "x" })],
    removeCanned: ["conversations:write", (actor) => operators.removeCanned(actor, gone)],
  },
  contacts: {
    listContactItems: ["contacts:read", (actor) => contacts.listContactItems(actor, page)],
    changeContact: [
      "conversations:write",
      (actor) => contacts.changeContact(actor, gone, { name: "x", email: null, phone: null }),
    ],
    getContact: ["contacts:read", (actor) => contacts.getContact(actor, gone)],
  },
  conversations: {
    createConversation: ["conversations:write", (actor) => conversations.createConversation(actor, {} as never)],
    listConversationItems: ["conversations:read", (actor) => conversations.listConversationItems(actor, page)],
    getConversation: ["conversations:read", (actor) => conversations.getConversation(actor, gone)],
    reply: ["conversations:write", (actor) => conversations.reply(actor, gone, "x")],
  },
  deliveries: { listCapturedMessages: ["deliveries:read", (actor) => deliveries.listCapturedMessages(actor)] },
  drafts: {
    openDraft: ["workflows:read", (actor) => drafts.openDraft(actor, "x")],
    publishDraft: ["workflows:publish", (actor) => drafts.publishDraft(actor, "x", {} as never)],
    discardDraft: ["workflows:write", (actor) => drafts.discardDraft(actor, "x")],
    applyToDraft: ["workflows:write", (actor) => drafts.applyToDraft(actor, "x", {} as never)],
  },
  evidence: {
    listActivity: ["audit:read", (actor) => evidence.listActivity(actor, {}, page)],
    countActivity: ["audit:read", (actor) => evidence.countActivity(actor, {}, 1)],
    decisionEvidence: ["approvals:read", (actor) => decisionEvidence(actor, gone)],
    periodEvidence: ["audit:read", (actor) => periodEvidence(actor, { since: new Date(0), until: new Date() })],
    exportActivity: ["audit:read", (actor) => exportActivity(actor, {}, "csv")],
    countNewer: ["audit:read", (actor) => evidence.countNewer(actor, {}, { at: "2026-01-01T00:00:00.000Z", id: "0" })],
  },
  events: {
    sendEvent: ["events:write", (actor) => events.sendEvent(actor, { name: "x", data: {} })],
    listInbound: ["webhooks:read", (actor) => events.listInbound(actor, page)],
    redriveEvent: ["events:write", (actor) => events.redriveEvent(actor, gone)],
  },
  inbox: {
    listInbox: ["approvals:read", (actor) => inbox.listInbox(actor, { ...page, view: "pending", search: "" })],
    inboxGroups: ["approvals:read", (actor) => inbox.inboxGroups(actor, {})],
    lookAt: ["approvals:read", (actor) => inbox.lookAt(actor, "tab", null)],
    lookAway: ["approvals:read", (actor) => inbox.lookAway(actor, "tab")],
    lookersOf: ["approvals:read", (actor) => inbox.lookersOf(actor, [gone])],
    countInbox: ["approvals:read", (actor) => inbox.countInbox(actor)],
    getInboxItem: ["approvals:read", (actor) => inbox.getInboxItem(actor, gone)],
  },
  library: {
    firstSteps: ["workflows:read", (actor) => library.firstSteps(actor)],
    createBlank: ["workflows:write", (actor) => library.createBlank(actor, { name: "x", description: "" })],
    trashWorkflow: ["workflows:write", (actor) => library.trashWorkflow(actor, "x")],
  },
  notices: {
    listOwnNotices: ["approvals:read", (actor) => notices.listOwnNotices(actor, page)],
    countOwnNotices: ["approvals:read", (actor) => notices.countOwnNotices(actor)],
    readNotices: ["approvals:read", (actor) => notices.readNotices(actor, gone)],
    emailChoice: ["approvals:read", (actor) => notices.emailChoice(actor)],
    chooseDigest: ["approvals:read", (actor) => notices.chooseDigest(actor, null)],
    chooseEmail: ["approvals:read", (actor) => notices.chooseEmail(actor, "none")],
  },
  repairs: {
    repairItems: ["approvals:read", (actor) => repairs.repairItems(actor, [gone])],
    getRepair: ["approvals:read", (actor) => repairs.getRepair(actor, gone)],
    tryAgain: ["runs:control", (actor) => repairs.tryAgain(actor, gone)],
    tryAllAgain: ["runs:control", (actor) => repairs.tryAllAgain(actor, gone)],
    fixAndGoOn: ["runs:control", (actor) => repairs.fixAndGoOn(actor, gone, {})],
    goOnWithNewest: ["runs:control", (actor) => repairs.goOnWithNewest(actor, gone, 2)],
    skipStep: ["runs:control", (actor) => repairs.skipStep(actor, gone, "x")],
    leaveAsItIs: ["runs:control", (actor) => repairs.leaveAsItIs(actor, gone, "x")],
  },
  requests: {
    listMine: ["runs:read", (actor) => requests.listMine(actor, "", page)],
    getMine: ["runs:read", (actor) => requests.getMine(actor, gone)],
    nudgeMine: ["runs:start", (actor) => requests.nudgeMine(actor, gone)],
    withdrawMine: ["runs:start", (actor) => requests.withdrawMine(actor, { runId: gone })],
  },
  runs: {
    startWorkflow: ["runs:start", (actor) => runs.startWorkflow(actor, { idOrSlug: "x", input: {} } as never)],
    listRunsFor: ["runs:read", (actor) => runs.listRunsFor(actor, {}, { limit: 10 } as never)],
    getRun: ["runs:read", (actor) => runs.getRun(actor, gone)],
    revealStep: ["runs:reveal", (actor) => revealStep(actor, gone, { stepId: gone, reason: "To look" })],
    controlRun: ["runs:control", (actor) => controlRun(actor, gone, "pause")],
    eventsOf: ["runs:read", (actor) => eventsOf(actor, gone, { after: 0, limit: 1 })],
    receiptsOf: ["runs:read", (actor) => receiptsOf(actor, gone, page)],
    snapshotsOf: ["runs:read", (actor) => snapshotsOf(actor, gone, { after: 0, limit: 1 })],
    previewRestore: ["runs:control", (actor) => previewRestore(actor, gone, gone)],
    getForm: ["runs:read", (actor) => getForm(actor, gone)],
    submitForm: [
      "forms:submit",
      (actor) => runs.submitForm(actor.organizationId, { waitpointId: gone, values: {}, actor, via: "api" }),
    ],
    formAddress: ["forms:submit", (actor) => runs.formAddress(actor, gone)],
    readHandoff: ["runs:read", (actor) => readHandoff(actor, gone)],
    resolveHandoff: ["handoffs:resolve", (actor) => resolveHandoff(actor, gone, {})],
  },
  testing: {
    unpin: ["workflows:write", (actor) => testing.unpin(actor, "x", "n")],
    deleteSample: ["workflows:write", (actor) => testing.deleteSample(actor, "x", gone)],
  },
  webhooks: {
    createSubscription: ["webhooks:write", (actor) => webhooks.createSubscription(actor, {} as never)],
    listSubscriptions: ["webhooks:read", (actor) => webhooks.listSubscriptions(actor, page)],
    getSubscription: ["webhooks:read", (actor) => webhooks.getSubscription(actor, gone)],
    changeSubscription: ["webhooks:write", (actor) => webhooks.changeSubscription(actor, gone, {})],
    rotateSecret: ["webhooks:write", (actor) => webhooks.rotateSecret(actor, gone)],
    sendTest: ["webhooks:write", (actor) => webhooks.sendTest(actor, gone)],
    deleteSubscription: ["webhooks:write", (actor) => webhooks.deleteSubscription(actor, gone)],
    listSubscriptionDeliveries: ["webhooks:read", (actor) => webhooks.listSubscriptionDeliveries(actor, gone, page)],
    redeliverTo: ["webhooks:write", (actor) => webhooks.redeliverTo(actor, gone, gone)],
  },
  workflows: {
    createWorkflow: ["workflows:write", (actor) => workflows.createWorkflow(actor, {})],
    getWorkflow: ["workflows:read", (actor) => workflows.getWorkflow(actor, "x")],
    changeWorkflow: ["workflows:write", (actor) => workflows.changeWorkflow(actor, "x", {})],
    validateDocument: ["workflows:read", (actor) => workflows.validateDocument(actor, {})],
    workflowOverview: ["workflows:read", (actor) => workflowOverview(actor)],
    publishWorkflow: ["workflows:publish", (actor) => workflows.publishWorkflow(actor, "x", {})],
    retireWorkflow: ["workflows:publish", (actor) => workflows.retireWorkflow(actor, "x")],
    rollbackWorkflow: ["workflows:publish", (actor) => workflows.rollbackWorkflow(actor, "x", 1)],
    archiveWorkflow: ["workflows:write", (actor) => workflows.archiveWorkflow(actor, "x")],
    setEnabled: ["workflows:publish", (actor) => workflows.setEnabled(actor, "x", true)],
  },
};

describe.each(Object.entries(calls))("3.22 the service of %s guards itself", (_, table) => {
  it.each(Object.entries(table))("%s", async (__, [scope, call]) => {
    const { actor } = north.members.owner;
    const scopes = new Set([...actor.scopes].filter((held) => held !== scope));
    const refused = Promise.resolve().then(() => call({ ...actor, scopes }));
    await expect(refused).rejects.toMatchObject({
      code: "missing_scope",
      message: expect.stringContaining(scope) as string,
    });
  });
});
