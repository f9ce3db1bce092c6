import type { AppliedDraft, DraftState, SavedBatch } from "@/core/contracts/draft";
import type { StepDefinitions } from "@/core/spec/step-definition";
import { applyOperations } from "@/core/spec/edit/apply-operations";
import type { EditableDocument, Operation } from "@/core/spec/edit/operation";
import type { SaveState } from "./builder-state";
import type { UnsentBatch, UnsentStore } from "./unsent-store";

/** What the sync needs of the server. */
export interface DraftApi {
  apply(batch: { batchId: string; baseRevision: number; operations: Operation[] }): Promise<AppliedDraft>;
  since(revision: number): Promise<{ revision: number; batches: SavedBatch[] | null }>;
  open(): Promise<DraftState>;
}

export interface DraftSyncOptions {
  api: DraftApi;
  definitions: StepDefinitions;
  unsent: UnsentStore;
  clientId: string;
  /** The document changed for another reason than an edit here: somebody else's edits, or a reload. */
  onDocument(document: EditableDocument): void;
  onSave(save: SaveState): void;
  /** The server's facts, after a reload. */
  onState(state: DraftState): void;
  onRefused(reasons: string[]): void;
  /** An edit was saved, here or elsewhere: from now on there is a draft. */
  onDraft?(): void;
  newId(): string;
  now(): number;
}

/** Edits wait this long for more of their kind before they are sent, ms. */
const gatherMs = 250;
const retryMs = [500, 1_000, 2_000, 5_000, 10_000];
const maxOperations = 2_000;

/**
 * Keeps one document in step with the server's. What is shown is always: the server's document, then the batch under way, then
 * the edits not sent yet. Other people's batches go below ours, as the server orders them, so all tabs end with the same document.
 */
export function createDraftSync(initial: DraftState, options: DraftSyncOptions) {
  const { api, definitions, unsent } = options;
  let revision = initial.revision;
  let server = initial.document;
  let underWay: UnsentBatch | null = null;
  let queue: Operation[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let running: Promise<void> | null = null;
  let stopped = false;

  const apply = (document: EditableDocument, operations: readonly Operation[]): EditableDocument =>
    operations.length === 0 ? document : applyOperations(document, operations, definitions).document;
  const shown = (): EditableDocument => apply(apply(server, underWay?.operations ?? []), queue);
  const remember = (): void => {
    unsent.write([
      ...(underWay ? [underWay] : []),
      ...(queue.length > 0 ? [{ batchId: null, operations: queue }] : []),
    ]);
  };

  const schedule = (ms: number): void => {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => void send(), ms);
  };

  const follow = (batches: readonly SavedBatch[]): void => {
    for (const batch of batches) server = apply(server, batch.operations);
  };

  const reload = async (): Promise<void> => {
    const state = await api.open();
    revision = state.revision;
    server = state.document;
    options.onState(state);
    options.onDocument(shown());
  };

  const settle = async (answer: AppliedDraft, batch: UnsentBatch): Promise<void> => {
    if (answer.missed === null) {
      underWay = null;
      await reload();
    } else {
      // A repeated answer may be older than what was read since.
      const others = answer.missed.filter((each) => each.revision > revision && each.batchId !== batch.batchId);
      follow(others);
      if (answer.revision > revision) {
        server = apply(server, batch.operations);
        revision = answer.revision;
      }
      underWay = null;
      if (others.length > 0 || answer.refused.length > 0) options.onDocument(shown());
      if (others.length > 0 || answer.refused.length < batch.operations.length) options.onDraft?.();
    }
    if (answer.refused.length > 0) options.onRefused(answer.refused.map(({ reason }) => reason));
  };

  const sendOnce = async (): Promise<void> => {
    if (!underWay) {
      if (queue.length === 0) return;
      underWay = { batchId: options.newId(), operations: queue.slice(0, maxOperations) };
      queue = queue.slice(maxOperations);
      remember();
    }
    const batch = underWay;
    options.onSave({ kind: "saving" });
    try {
      const answer = await api.apply({
        batchId: batch.batchId ?? options.newId(),
        baseRevision: revision,
        operations: batch.operations,
      });
      failures = 0;
      await settle(answer, batch);
      remember();
      options.onSave(
        queue.length > 0 ? { kind: "saving" } : { kind: "saved", at: new Date(options.now()).toISOString() },
      );
      if (queue.length > 0) schedule(0);
    } catch (error) {
      if (isRefusal(error)) {
        // The server will never take it: keeping it would block everything after it.
        underWay = null;
        remember();
        options.onDocument(shown());
        options.onSave({ kind: "failed", message: messageOf(error) });
        if (queue.length > 0) schedule(0);
        return;
      }
      options.onSave({ kind: "waiting" });
      schedule(retryMs[Math.min(failures, retryMs.length - 1)] ?? 10_000);
      failures += 1;
    }
  };

  /** One at a time, so that the order of edits is the order they were made in. */
  const send = (): Promise<void> => {
    running ??= sendOnce().finally(() => {
      running = null;
    });
    return running;
  };

  const isSending = (): boolean => running !== null;

  return {
    /** Edits that the document already shows. */
    push(operations: readonly Operation[]): void {
      queue = [...queue, ...operations];
      remember();
      options.onSave({ kind: "saving" });
      if (!running && failures === 0) schedule(gatherMs);
    },
    /** Takes up what an earlier visit of this browser could not send. */
    resume(batches: readonly UnsentBatch[]): EditableDocument {
      const [first, ...rest] = batches;
      if (first && first.batchId !== null) {
        underWay = first;
        queue = rest.flatMap(({ operations }) => operations);
      } else queue = batches.flatMap(({ operations }) => operations);
      remember();
      if (batches.length > 0) schedule(0);
      return shown();
    },
    /** Somebody saved: reads what came since. */
    async catchUp(): Promise<void> {
      // The answer to the batch under way brings it along.
      if (stopped || isSending()) return;
      const { revision: newest, batches } = await api.since(revision);
      if (isSending() || newest === revision) return;
      if (batches === null || newest < revision) return reload();
      const news = batches.filter((batch) => batch.revision > revision);
      follow(news);
      revision = newest;
      // Its answer was lost; it is part of the server's document now.
      if (news.some(({ batchId }) => batchId === underWay?.batchId)) underWay = null;
      remember();
      options.onDocument(shown());
      options.onDraft?.();
    },
    reload,
    /** Resolves when the server has every edit; rejects when it cannot be reached. */
    async flush(): Promise<void> {
      while (underWay !== null || queue.length > 0 || running) {
        const before = failures;
        clearTimeout(timer);
        await send();
        if (failures > before)
          throw new Error("The server cannot be reached, so the last edits are not saved yet. Try again in a moment.");
      }
    },
    revision: () => revision,
    stop(): void {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
export type DraftSync = ReturnType<typeof createDraftSync>;

/** An answer of the server that repeating would not change. */
function isRefusal(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("data" in error)) return false;
  const { data } = error;
  if (typeof data !== "object" || data === null || !("httpStatus" in data)) return false;
  return (
    typeof data.httpStatus === "number" && data.httpStatus >= 400 && data.httpStatus < 500 && data.httpStatus !== 429
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "The edit was not saved.";
}
