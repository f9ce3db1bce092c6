import type { DecorateMutationProcedure, DecorateProcedure, DecorateSubscriptionProcedure, DefaultFeatureFlags } from "@trpc/tanstack-react-query";
import type { ApprovalContext, ApprovalItem } from "@/core/contracts/approval";
import type { CapturedMessage, CustomerConversation } from "@/core/contracts/conversation";
import type { RunDetail, RunListItem, RunStatus } from "@/core/contracts/run";
import type { WorkflowDetail, WorkflowListItem } from "@/core/contracts/workflow";
import type { JsonObject } from "@/core/json";
import { useTRPC } from "@/components/trpc";

/** The procedures that the pages call. */
export function useApi(): Api {
  // The routers join AppRouter while this is written; the contracts both sides hold to are the types below.
  return useTRPC() as unknown as Api;
}

interface ErrorShape {
  message: string;
  code: number;
  data: { code: string; httpStatus: number; appCode: string; extra: Record<string, unknown> };
}

interface Def<Input, Output> {
  input: Input;
  output: Output;
  transformer: true;
  errorShape: ErrorShape;
  featureFlags: DefaultFeatureFlags;
}

type Query<Input, Output> = DecorateProcedure<"query", Def<Input, Output>>;
type Mutation<Input, Output> = DecorateMutationProcedure<Def<Input, Output>>;

interface Id {
  id: string;
}

export interface RunsFilter {
  status?: RunStatus[];
  workflowId?: string;
  q?: string;
  cursor?: string | null;
  limit?: number;
}

interface Api {
  runs: {
    list: Query<RunsFilter, { items: RunListItem[]; nextCursor: string | null }>;
    get: Query<Id, RunDetail>;
    pause: Mutation<Id, unknown>;
    resume: Mutation<Id, unknown>;
    cancel: Mutation<Id & { reason?: string }, unknown>;
    retry: Mutation<Id, unknown>;
    start: Mutation<{ workflow: string; input: JsonObject }, Id>;
  };
  approvals: {
    list: Query<{ view: "pending" | "decided" }, { items: ApprovalItem[] }>;
    count: Query<void, { pending: number }>;
    get: Query<Id, ApprovalContext>;
    decide: Mutation<Id & { decision: "approved" | "rejected"; comment?: string; messageToRequester?: string }, { status: string; next: string }>;
  };
  workflows: {
    list: Query<void, { items: WorkflowListItem[] }>;
    get: Query<{ slug: string }, WorkflowDetail>;
    publish: Mutation<{ slug: string; note?: string }, unknown>;
    rollback: Mutation<{ slug: string; version: number }, unknown>;
    setEnabled: Mutation<{ slug: string; enabled: boolean }, unknown>;
  };
  mailbox: { list: Query<void, { items: CapturedMessage[] }> };
  conversations: {
    byToken: Query<{ token: string }, CustomerConversation>;
    send: Mutation<{ token: string; body: string; quickReply?: string }, unknown>;
    submitForm: Mutation<{ token: string; waitpointId: string; values: JsonObject }, unknown>;
  };
  organizations: { current: Query<void, { id: string; name: string; slug: string }> };
  live: { changes: DecorateSubscriptionProcedure<Def<void, AsyncIterable<{ runIds: string[]; kinds: string[] }>>> };
}
