import type { AppliedDraft, DraftState, SavedBatch } from "@/core/contracts/draft";
import type { StepDefinitions } from "@/core/workflow/step-definition";
import type { TriggerDefinitions } from "@/core/workflow/trigger-definition";
import { applyOperations } from "@/core/workflow/edit/apply-operations";
import type { EditableDocument, Operation } from "@/core/workflow/edit/operation";
import type { SaveState } from "./builder-state";
import { saveFailure, type SaveFailure } from "./save-failure";
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
  triggerDefinitions: TriggerDefinitions;
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
  const { api, definitions, triggerDefinitions: triggers, unsent } = options;
  let revision = initial.revision;
  let server = initial.document;
  let underWay: SentBatch | null = null;
  /** What tabs that are gone left behind, under the ids they gave: the server knows those that reached it. */
  let leftBehind: SentBatch[] = [];
  let queue: Operation[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  /** Why edits wait for a person, not for the network. */
  let held: Exclude<SaveFailure, "refused" | "away"> | null = null;
  let running: Promise<void> | null = null;
  /** Somebody saved while a batch was under way: its answer may have been written before that. */
  let heard = false;
  let stopped = false;

  const apply = (document: EditableDocument, operations: readonly Operation[]): EditableDocument =>
    operations.length === 0 ? document : applyOperations(document, operations, definitions, triggers).document;
  const shown = (): EditableDocument =>
    [...(underWay ? [underWay] : []), ...leftBehind, { operations: queue }].reduce(
      (document, { operations }) => apply(document, operations),
      server,
    );
  const remember = (): void => {
    unsent.write([
      ...(underWay ? [underWay] : []),
      ...leftBehind,
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
    leftBehind = leftBehind.filter(({ batchId }) => !batches.some((batch) => batch.batchId === batchId));
  };

  const reload = async (): Promise<void> => {
    const state = await api.open();
    revision = state.revision;
    server = state.document;
    options.onState(state);
    options.onDocument(shown());
  };

  const settle = async (answer: AppliedDraft, batch: SentBatch): Promise<void> => {
    if (answer.missed === null) {
      underWay = null;
      await reload();
    } else {
      // A repeated answer may be older than what was read since.
      const others = answer.missed.filter((each) => each.revision > revision && each.batchId !== batch.batchId);
      follow(others);
      // A repeat: the server had it already, and so may the document.
      const isKnown = answer.revision <= revision;
      if (!isKnown) {
        server = apply(server, batch.operations);
        revision = answer.revision;
      }
      underWay = null;
      if (isKnown || others.length > 0 || answer.refused.length > 0) options.onDocument(shown());
      if (others.length > 0 || answer.refused.length < batch.operations.length) options.onDraft?.();
    }
    if (answer.refused.length > 0) options.onRefused(answer.refused.map(({ reason }) => reason));
  };

  const hasMore = (): boolean => leftBehind.length > 0 || queue.length > 0;

  const nextBatch = (): SentBatch | null => {
    if (underWay) return underWay;
    const [left, ...later] = leftBehind;
    if (left) leftBehind = later;
    else if (queue.length === 0) return null;
    underWay = left ?? { batchId: options.newId(), operations: queue.slice(0, maxOperations) };
    if (!left) queue = queue.slice(maxOperations);
    remember();
    return underWay;
  };

  const sendOnce = async (): Promise<void> => {
    const batch = nextBatch();
    if (!batch) return;
    if (held === null) options.onSave({ kind: "saving" });
    try {
      const answer = await api.apply({ ...batch, baseRevision: revision });
      failures = 0;
      held = null;
      await settle(answer, batch);
      remember();
      options.onSave(hasMore() ? { kind: "saving" } : { kind: "saved", at: new Date(options.now()).toISOString() });
      if (hasMore()) schedule(0);
    } catch (error) {
      const failure = saveFailure(error);
      held = failure === "signed_out" || failure === "not_allowed" ? failure : null;
      if (failure === "refused") {
        // The server will never take it: keeping it would block everything after it.
        underWay = null;
        remember();
        options.onDocument(shown());
        options.onSave({ kind: "failed", message: messageOf(error) });
        if (hasMore()) schedule(0);
        return;
      }
      // Somebody may sign in, or be given the role back, in another tab: asking again finds out.
      options.onSave({ kind: held ?? "waiting" });
      schedule(retryMs[Math.min(failures, retryMs.length - 1)] ?? 10_000);
      failures += 1;
    }
  };

  /** One at a time, so that the order of edits is the order they were made in. */
  const send = (): Promise<void> => {
    running ??= sendOnce().finally(() => {
      running = null;
      // Fails where the network does, and then everything is read when it is back.
      if (heard) void catchUp().catch(() => undefined);
    });
    return running;
  };

  const isSending = (): boolean => running !== null;

  /** Somebody saved: reads what came since. */
  async function catchUp(): Promise<void> {
    heard = isSending();
    if (stopped || heard) return;
    const { revision: newest, batches } = await api.since(revision);
    heard ||= isSending();
    if (heard || newest === revision) return;
    if (batches === null || newest < revision) return reload();
    const news = batches.filter((batch) => batch.revision > revision);
    follow(news);
    revision = newest;
    // Its answer was lost; it is part of the server's document now.
    if (news.some(({ batchId }) => batchId === underWay?.batchId)) underWay = null;
    remember();
    options.onDocument(shown());
    options.onDraft?.();
  }

  return {
    /** Edits that the document already shows. */
    push(operations: readonly Operation[]): void {
      queue = [...queue, ...operations];
      remember();
      if (held === null) options.onSave({ kind: "saving" });
      if (!running && failures === 0) schedule(gatherMs);
    },
    /** Takes up what earlier visits of this browser could not send, each batch under its own id. */
    resume(batches: readonly UnsentBatch[]): EditableDocument {
      leftBehind = batches.flatMap(({ batchId, operations }) =>
        batchId === null ? inBatches(operations, options.newId) : [{ batchId, operations }],
      );
      remember();
      if (hasMore()) schedule(0);
      return shown();
    },
    catchUp,
    reload,
    /** Resolves when the server has every edit; rejects when it cannot be reached. */
    async flush(): Promise<void> {
      while (underWay !== null || hasMore() || running) {
        const before = failures;
        clearTimeout(timer);
        await send();
        if (failures > before) throw new Error(notSaved[held ?? "away"]);
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

/** With an id: it may have reached the server. */
interface SentBatch extends UnsentBatch {
  batchId: string;
}

const notSaved: Readonly<Record<Exclude<SaveFailure, "refused">, string>> = {
  signed_out: "You are signed out, so the last edits are not saved yet. They are kept; sign in again.",
  not_allowed:
    "You may not change this workflow any more, so the last edits are not saved. They are kept in this browser.",
  away: "The server cannot be reached, so the last edits are not saved yet. Try again in a moment.",
};

/** Edits that were never sent, in batches of a size that the server takes. */
function inBatches(operations: readonly Operation[], newId: () => string): SentBatch[] {
  const batches: SentBatch[] = [];
  for (let at = 0; at < operations.length; at += maxOperations)
    batches.push({ batchId: newId(), operations: operations.slice(at, at + maxOperations) });
  return batches;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "The edit was not saved.";
}
