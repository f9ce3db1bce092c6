import type { RuleDocument } from "@/core/approver-rules/document";
import type { Scope } from "@/core/permissions";
import type { UserActor } from "@/server/db/tenant";
import * as absences from "@/server/modules/absences/service";
import * as calendars from "@/server/modules/calendars/service";
import * as approvals from "@/server/modules/approvals/service";
import * as rules from "@/server/modules/approver-rules/service";
import * as members from "@/server/modules/members/service";

/** Use cases of a service, with the permission that each asks for itself. */
export type Calls = Readonly<Record<string, readonly [scope: Scope, call: (actor: UserActor) => unknown]>>;

/** What there is none of, and a part of a list. */
export const gone = "00000000-0000-7000-8000-000000000000";
export const page = { limit: 10, offset: 0 };
const document: RuleDocument = { questions: [], rows: [], otherwise: { refuse: true } };
const office = { slug: "office", name: "x", zone: "UTC", hours: {}, holidays: [], is_default: false };
const decision = { decision: "approved", via: "api" } as const;

export const approvalGuards: Calls = {
  listApprovalsFor: [
    "approvals:read",
    (actor) => approvals.listApprovalsFor(actor, { ...page, view: "pending", all: true }),
  ],
  approvalItems: ["approvals:read", (actor) => approvals.approvalItems(actor, [gone])],
  approvalsOfRun: ["runs:read", (actor) => approvals.approvalsOfRun(actor, gone)],
  getApproval: ["approvals:read", (actor) => approvals.getApproval(actor, gone)],
  listUndecidable: ["approvals:read", (actor) => approvals.listUndecidable(actor)],
  reassignApproval: [
    "approvals:reassign",
    (actor) => approvals.reassignApproval(actor, gone, { assignTo: ["role:owner"] }),
  ],
  askBack: ["approvals:decide", (actor) => approvals.askBack(actor, gone, "x")],
  answerQuestion: ["runs:start", (actor) => approvals.answerQuestion(actor, gone, "x")],
  delegateApproval: ["approvals:decide", (actor) => approvals.delegateApproval(actor, gone, { to: "x" })],
  listDelegates: ["approvals:decide", (actor) => approvals.listDelegates(actor, gone)],
  takeBackDelegation: ["approvals:decide", (actor) => approvals.takeBackDelegation(actor, gone)],
  decideMany: ["approvals:decide", (actor) => approvals.decideMany(actor, [{ id: gone }], decision)],
  previewMany: ["approvals:decide", (actor) => approvals.previewMany(actor, [gone])],
  undoMany: ["approvals:decide", (actor) => approvals.undoMany(actor, [gone])],
  undoDecision: ["approvals:decide", (actor) => approvals.undoDecision(actor, gone)],
  decideApproval: ["approvals:decide", (actor) => approvals.decideApproval(actor, gone, decision)],
};

export const peopleGuards: Readonly<Record<string, Calls>> = {
  absences: {
    listAbsences: ["members:read", (actor) => absences.listAbsences(actor)],
    setAbsence: ["absences:write", (actor) => absences.setAbsence(actor, { workflows: [] })],
    endAbsence: ["absences:write", (actor) => absences.endAbsence(actor, gone)],
  },
  "approver-rules": {
    listRules: ["workflows:read", (actor) => rules.listRules(actor)],
    getRule: ["workflows:read", (actor) => rules.getRule(actor, "none")],
    listRuleVersions: ["workflows:read", (actor) => rules.listRuleVersions(actor, "none")],
    simulate: [
      "workflows:read",
      (actor) => rules.simulate(actor, { key: "none", values: {}, requester: null, version: "live" }),
    ],
    createRule: ["workflows:write", (actor) => rules.createRule(actor, { key: "none", name: "x" })],
    saveRule: ["workflows:write", (actor) => rules.saveRule(actor, { key: "none", revision: 1, name: "x", document })],
    restoreRule: ["workflows:write", (actor) => rules.restoreRule(actor, { key: "none", revision: 1, version: 1 })],
    publishRule: [
      "members:manage",
      (actor) => rules.publishRule(actor, { key: "none", revision: 1, liveVersion: null, note: "" }),
    ],
    removeRule: ["members:manage", (actor) => rules.removeRule(actor, "none")],
  },
  calendars: {
    listCalendars: ["members:read", (actor) => calendars.listCalendars(actor)],
    setCalendar: ["members:manage", (actor) => calendars.setCalendar(actor, office)],
    removeCalendar: ["members:manage", (actor) => calendars.removeCalendar(actor, "none")],
  },
  members: {
    listMembers: ["members:read", (actor) => members.listMembers(actor)],
    listGroups: ["members:read", (actor) => members.listGroups(actor)],
    changeMember: ["members:manage", (actor) => members.changeMember(actor, { memberId: gone, roles: [], teams: [] })],
    saveGroup: ["members:manage", (actor) => members.saveGroup(actor, { kind: "team", id: null, name: "x" })],
    removeGroup: ["members:manage", (actor) => members.removeGroup(actor, { kind: "team", id: gone })],
  },
};
