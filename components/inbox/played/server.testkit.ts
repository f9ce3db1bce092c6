import { createTRPCClient, TRPCClientError, type TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { ApprovalContext } from "@/core/contracts/approval";
import { undoMs } from "@/core/contracts/approval";
import type { AppRouter } from "@/server/routes/root";

/** What the page said to the server. */
export interface Said {
  at: number;
  what: "approved" | "rejected" | "undo";
  id: string;
}

interface Question {
  id: string;
  revision: number;
  decision: "approved" | "rejected" | null;
}

export type PlayedServer = ReturnType<typeof createPlayedServer>;

/** Questions in memory behind the client of the page: what is asked arrives after `latency` ms, or never while offline. */
export function createPlayedServer() {
  const questions: Question[] = [];
  const said: Said[] = [];
  const net = { latency: 20, online: true };
  const find = (id: string): Question | undefined => questions.find((question) => question.id === id);
  const open = (): Question[] => questions.filter(({ decision }) => decision === null);

  const decide = (input: { id: string; decision: "approved" | "rejected" }) => {
    const question = find(input.id);
    if (question?.decision !== null)
      throw conflict({
        decision: question?.decision ?? "approved",
        decided_by: "Kim",
        decided_at: "2026-12-01T09:00:00Z",
      });
    question.decision = input.decision;
    return { next: [], undoUntil: new Date(Date.now() + undoMs).toISOString() };
  };
  const undo = ({ id }: { id: string }) => {
    const question = find(id);
    if (question) question.decision = null;
    return {};
  };
  const answers: Record<string, (input: never) => unknown> = {
    "inbox.list": ({ view }: { view: string }) => ({
      items: (view === "pending" ? open() : questions.filter(({ decision }) => decision !== null)).map(contextOf),
      nextCursor: null,
    }),
    "inbox.get": ({ id }: { id: string }) => {
      const question = find(id);
      if (!question) throw conflict({});
      return contextOf(question);
    },
    "inbox.groups": () => ({ groups: [], askedAs: [] }),
    "inbox.lookers": () => ({ items: [] }),
    "inbox.lookAt": () => ({}),
    "inbox.lookAway": () => ({}),
    "approvals.undecidable": () => [],
    "drafts.reviews.list": () => [],
    "notices.count": () => ({ unread: 0 }),
    "approvals.decide": decide,
    "approvals.undo": undo,
  };

  const link: TRPCLink<AppRouter> =
    () =>
    ({ op }) =>
      observable((observer) => {
        const { path, input } = op;
        if (path === "approvals.decide" || path === "approvals.undo") {
          const asked = input as { id: string; decision?: "approved" | "rejected" };
          said.push({ at: Date.now(), what: asked.decision ?? "undo", id: asked.id });
        }
        const reachable = net.online;
        const timer = setTimeout(() => {
          try {
            if (!reachable) throw new TRPCClientError("The network is gone.");
            const answer = answers[path];
            if (!answer) throw new Error(`The page asked for ${path}.`);
            observer.next({ result: { type: "data", data: answer(input as never) } });
            observer.complete();
          } catch (error) {
            observer.error(error instanceof TRPCClientError ? error : new TRPCClientError(String(error)));
          }
        }, net.latency);
        return () => clearTimeout(timer);
      });

  return {
    client: createTRPCClient<AppRouter>({ links: [link] }),
    net,
    said,
    open,
    find,
    arrive: (id: string, place: number) =>
      questions.splice(place % (questions.length + 1), 0, { id, revision: 1, decision: null }),
    /** Something that whoever decides is shown changes. */
    change: (id: string) => {
      const question = find(id);
      if (question) question.revision += 1;
    },
    /** Somebody else is faster. */
    decideElsewhere: (id: string) => {
      const question = find(id);
      if (question) question.decision ??= "approved";
    },
  };
}

/** What the pane shows of a question, and of which of its revisions. */
export const headlineOf = ({ id, revision }: Pick<Question, "id" | "revision">): string =>
  `Pay ${id}, as of ${String(revision)}`;

function conflict(extra: object): TRPCClientError<AppRouter> {
  return TRPCClientError.from({
    error: {
      message: "It was decided already.",
      code: -32009,
      data: { code: "CONFLICT", httpStatus: 409, path: null, appCode: "conflict", extra },
    },
  } as never);
}

function contextOf(question: Question): { kind: "approval" } & ApprovalContext {
  const headline = headlineOf(question);
  return {
    kind: "approval",
    id: question.id,
    runId: `run_${question.id}`,
    nodeId: "approve",
    status: question.decision ?? "pending",
    actionLabel: "Pay",
    headline,
    fields: [{ label: "Amount", value: `$${String(question.revision)}.00` }],
    money: null,
    fingerprint: headline,
    assignTo: ["Manager"],
    assignRefs: ["role:manager"],
    changed: [],
    rule: null,
    approvedBefore: null,
    countsBy: null,
    dueAt: null,
    createdAt: "2026-12-01T08:00:00Z",
    requestedBy: "Jane",
    test: false,
    workflow: { id: "wf_1", slug: "pay", name: "Pay", version: 1 },
    decision: question.decision,
    decidedBy: question.decision === null ? null : { id: null, name: "Kim" },
    decidedAt: question.decision === null ? null : "2026-12-01T09:00:00Z",
    comment: null,
    votes: [],
    decisionsNeeded: 1,
    quorum: { mode: "any", then: [] },
    canDecide: question.decision === null,
    cannotDecideReason: null,
    commentRequiredOn: [],
    undecidable: null,
    questions: [],
    mayAsk: false,
    mayAnswer: false,
    delegations: [],
    delegatedBy: null,
    delegatedTo: null,
    deputies: [],
    standsInFor: null,
    mayDelegate: false,
    mayReassign: false,
    customer: null,
    conversation: null,
    bound: [],
    isPaused: false,
    editable: [],
    whatHappensNext: { approved: [], rejected: [], timedOut: null },
    steps: [],
    record: null,
  };
}
