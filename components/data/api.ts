import type { DecorateMutationProcedure, DecorateProcedure, DefaultFeatureFlags } from "@trpc/tanstack-react-query";
import type { CapturedMessage, CustomerConversation } from "@/core/contracts/conversation";
import type { WorkflowDetail, WorkflowListItem } from "@/core/contracts/workflow";
import type { JsonObject } from "@/core/json";
import { useTRPC } from "@/components/trpc";

type Joined = ReturnType<typeof useTRPC>;

/** The procedures that the pages call. */
export function useApi(): Joined & Joining {
  // Routers join AppRouter one by one; until one has, its contract stands below. Then its entry goes.
  return useTRPC() as Joined & Joining;
}

interface Def<Input, Output> {
  input: Input;
  output: Output;
  transformer: true;
  errorShape: { message: string; code: number; data: { code: string; httpStatus: number } };
  featureFlags: DefaultFeatureFlags;
}

type Query<Input, Output> = DecorateProcedure<"query", Def<Input, Output>>;
type Mutation<Input> = DecorateMutationProcedure<Def<Input, unknown>>;

interface Joining {
  workflows: {
    list: Query<void, { items: WorkflowListItem[] }>;
    get: Query<{ slug: string }, WorkflowDetail>;
    publish: Mutation<{ slug: string; note?: string }>;
    rollback: Mutation<{ slug: string; version: number }>;
    setEnabled: Mutation<{ slug: string; enabled: boolean }>;
  };
  mailbox: { list: Query<void, { items: CapturedMessage[] }> };
  conversations: {
    byToken: Query<{ token: string }, CustomerConversation>;
    send: Mutation<{ token: string; body: string; quickReply?: string }>;
    submitForm: Mutation<{ token: string; waitpointId: string; values: JsonObject }>;
  };
}
