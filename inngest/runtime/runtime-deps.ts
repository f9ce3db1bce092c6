import type { CallReceipt } from "@/server/integrations/receipts";
import type { Json } from "@/core/json";
import type { Plan } from "@/core/engine/plan";
import type { TestSettings } from "@/core/contracts/test-run";
import type { Clock, ConnectionPort, DirectoryPort, StepExecutor } from "@/core/ports";
import type { StepPlace } from "@/server/step-token";
import type { RunStore } from "@/server/modules/runs/store";
import type { JournalRun } from "@/server/modules/runs/journal";

/** A compiled version and what expressions may know of its workflow. Immutable, cached. */
export interface LoadedVersion {
  plan: Plan;
  workflow: { id: string; slug: string; name: string };
  /** Of a frozen draft that a test runs. */
  test: TestSettings | null;
}

/** One attempt of one step, as its ports see it. */
export interface PortCall {
  stepKey: string;
  attempt: number;
  idempotencyKey: string;
  signal: AbortSignal;
  onReceipt(receipt: CallReceipt): void;
  /** A test whose tester has not agreed to calls of connections marked live. */
  refuseLive: boolean;
}

/** What the drivers of runs need from the rest of the house. */
export interface RuntimeDeps {
  store: RunStore;
  clock: Clock;
  random(): number;
  executors: Readonly<Record<string, StepExecutor<unknown>>>;
  loadVersion(organizationId: string, versionId: string): Promise<LoadedVersion>;
  loadPeople(run: JournalRun): Promise<{ contact: Json; conversation: Json }>;
  ports(run: JournalRun, call: PortCall): { connections: ConnectionPort; directory: DirectoryPort };
  /** Where the executor that called us wants its memo, if it lets us write it (embedded mode). */
  dispatch(): { execRunId: string; jobId: string; fence: number; stays: boolean } | undefined;
  memoCommitted(execRunId: string, stepId: string, memo: Json): void;
  /** Where a step of a run can be called; the same before it waits and while it does. */
  callback(place: StepPlace): { url: string; tokenHash: string };
  /** Where the form of a step is filled in; the same before it waits and while it does. */
  formUrl(place: StepPlace): string;
  /** Where whoever asked for a run from outside follows it. */
  trackingUrl(runId: string): string;
  /** That address of a callback, sealed for its waitpoint. */
  sealedCallbackUrl(place: { organizationId: string; waitpointId: string }, url: string): string;
  log: { warn(fields: object, message: string): void; error(fields: object, message: string): void };
}
