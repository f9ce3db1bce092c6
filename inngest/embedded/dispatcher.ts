import type { JsonObject } from "@/core/json";
import type { Clock } from "@/core/ports";
import { failed, isTargeted, readAnswer, type Verdict } from "./answer";
import { callId, type Call } from "./call";
import { createCallLife } from "./call-life";
import type { CallWatch } from "./dispatch-context";
import { createFairShare, type FairShare } from "./fair-share";
import { TakenOver } from "../runtime/taken-over";
import { isPassing } from "@/server/db/write-errors";
import type { Catalog } from "./function-catalog";
import { poisonedCall } from "@/inngest/events";
import { limits } from "./limits";
import type { ExecutorLogger } from "./executor";
import { createRunQueue } from "./run-queue";
import type { Sdk } from "./sdk";
import { sizeProblem } from "./size-limits";
import type { Slots } from "./slots";
import type { AnswerDraft, MemoDraft, Store } from "./store";

/** A call under way in this process. */
export interface Dispatch extends CallWatch {
  call: Call;
  /** `handed`: stopped after a committed step; `lost`: another worker has it, or the run has ended. */
  state: "active" | "handed" | "lost";
  /** Set when a step broke a limit: the run fails with this. */
  problem: JsonObject | null;
  steps: number;
  /** Bytes of all memos, roughly. */
  bytes: number;
}

interface Parts {
  sdk: Sdk;
  store: Store;
  catalog: Catalog;
  slots: Slots;
  /** The most slots that the calls of one key may have. */
  most: number;
  worker(): string;
  /** False: others may believe that this worker is dead; it takes no further calls. */
  mayLease(): boolean;
  /** Resolves when this worker is known to be alive, or has become another one and lost its calls. */
  current(): Promise<void>;
  logger: ExecutorLogger;
  clock: Clock;
  retryDelay(attempt: number): number;
  callMs?: number;
  takeovers?: number;
  isStopping(): boolean;
  /** Something is claimable: `inMs` from now. */
  wakeIn(inMs: number): void;
}

/** Calls that a worker goes on with, and who it was when they were leased to it. */
interface Leased {
  followers: Call[];
  as: string;
  /** They are under way. */
  done(): void;
}
const none: Leased = { followers: [], as: "", done: () => undefined };

/** Makes calls and records what they answer. Each call brings a slot, which it passes on or gives back. */
export function createDispatcher(parts: Parts) {
  const { sdk, store, catalog, slots, logger, clock } = parts;
  const active = new Map<string, Dispatch>();
  const inOrder = createRunQueue();
  const share: FairShare = createFairShare(active, slots, parts.most);

  /** `as`: the worker that the call was leased to. */
  function run(call: Call, as: string): void {
    // Declared dead while the lease was on its way here: the call is somebody else's.
    if (as !== parts.worker()) {
      slots.give(1);
      return;
    }
    const dispatch: Dispatch = {
      call,
      committed: new Map(),
      life: createCallLife(parts.callMs ?? limits.callMs),
      confirm: () => (dispatch.state === "active" && parts.mayLease() ? null : confirm(dispatch)),
      state: "active",
      problem: null,
      steps: call.stack.length,
      bytes: call.stack.length === 0 ? 0 : JSON.stringify(call.steps).length,
    };
    active.set(callId(call), dispatch);
    void settle(dispatch).then(({ followers, as: heir, done }) => {
      active.delete(callId(call));
      followers.forEach((follower) => run(follower, heir));
      done();
      // One slot came with the call; extra ones were taken for its followers.
      if (followers.length === 0) slots.give(1);
    });
  }

  /** Silent for long: others may have been given this call. */
  async function confirm(dispatch: Dispatch): Promise<void> {
    await parts.current();
    if (dispatch.state !== "active") throw new TakenOver();
  }

  async function settle(dispatch: Dispatch): Promise<Leased> {
    const { call } = dispatch;
    try {
      const verdict = await verdictOf(dispatch);
      return await record(dispatch, verdict).catch(async (error: unknown) => {
        if (isPassing(error)) throw error;
        // PostgreSQL refuses the content itself (a NUL character, for one): repeating the step would not help.
        return await record(dispatch, failed(refusal(error)));
      });
    } catch (error) {
      if (!parts.isStopping()) {
        logger.error({ err: error, run: call.run, step: call.step }, "A call could not be recorded; it is repeated.");
      }
      return none;
    }
  }

  async function record(dispatch: Dispatch, verdict: Verdict | "lost" | "handed"): Promise<Leased> {
    if (verdict === "lost") return none;
    const { call } = dispatch;
    const kept = keptMemos(dispatch);
    if (verdict === "handed") {
      if (kept.length > 0) await store.checkpoint(call, kept);
      await store.release(parts.worker(), [call]);
      parts.wakeIn(0);
      return none;
    }
    if (verdict.kind === "ops") return await goOn(call, { ...verdict.draft, memos: [...kept, ...verdict.draft.memos] });
    if (verdict.kind === "finish") {
      const ended = await inOrder(call.run, () =>
        store.finish(call, verdict.status, verdict.outcome, catalog.listensToEnds),
      );
      if (ended.parent || isLimited(call)) parts.wakeIn(0);
      return none;
    }
    const delay = verdict.afterMs ?? parts.retryDelay(call.attempt + 1);
    logger.debug(
      { run: call.run, step: call.step, attempt: call.attempt, error: verdict.error["message"] },
      "A step is tried again later.",
    );
    await inOrder(call.run, () =>
      store.retry(call, parts.worker(), call.attempt + 1, delay, [...kept, ...verdict.memos]),
    );
    parts.wakeIn(delay);
    return none;
  }

  async function goOn(call: Call, draft: AnswerDraft): Promise<Leased> {
    // A process that is going away, or may be thought dead, leaves what follows to others.
    const mayLease = !parts.isStopping() && parts.mayLease();
    // Its slot is free then, and whoever has fewer takes it.
    const keeps = mayLease && !share.givesWay(call.key);
    const [as, hold] = [parts.worker(), share.hold()];
    const wanted = keeps && !share.looking() ? draft.planned.length - 1 : 0;
    let extra = 0;
    while (extra < wanted && hold.take(call.key)) extra += 1;
    try {
      const answer = await inOrder(call.run, () => store.answer(call, as, keeps ? 1 + extra : 0, draft));
      const followers = [...(answer.planned ?? []), ...(answer.next ? [answer.next] : [])];
      const dues = draft.waits.flatMap(({ dueAt }) => (dueAt === undefined ? [] : [dueAt]));
      if (dues.length > 0) parts.wakeIn(Math.min(...dues) - clock.now());
      // What is left in the queue is to be seen there: the look that made room for it may have ended before it came.
      if (!keeps || draft.children.length > 0 || draft.planned.length > followers.length || isLimited(call))
        parts.wakeIn(0);
      return { followers, as, done: () => hold.end(Math.max(followers.length - 1, 0)) };
    } catch (error) {
      hold.end(0);
      throw error;
    }
  }

  const isLimited = (call: Call): boolean => (catalog.get(call.fn)?.concurrency.length ?? 0) > 0;

  async function verdictOf(dispatch: Dispatch): Promise<Verdict | "lost" | "handed"> {
    const { call } = dispatch;
    // The step was recorded, but not what follows from it: its worker died in between.
    if (isTargeted(call) && call.steps[call.step])
      return { kind: "ops", draft: { memos: [], waits: [], planned: [], children: [] } };
    if (call.takeovers >= (parts.takeovers ?? limits.takeovers))
      return failed({
        name: poisonedCall,
        message: `${call.takeovers} workers died over the same call. It is not tried again.`,
      });
    const spec = catalog.get(call.fn);
    if (!spec) return failed({ name: "Error", message: `There is no function "${call.fn}" any more.` });
    const { lifeless, stop } = dispatch.life.watch();
    try {
      const answer = await Promise.race([sdk.call(call, spec.maxAttempts, dispatch), lifeless]);
      if (dispatch.state !== "active") return dispatch.state;
      if (dispatch.problem !== null) return failed(dispatch.problem);
      if (answer !== "lifeless") return withinLimits(readAnswer(answer, call, catalog, clock.now()), dispatch);
      dispatch.state = "lost";
      const error = {
        name: "Error",
        message: "The function did not go on between two steps within its time limit. It may only wait inside a step.",
      };
      return call.attempt + 1 >= spec.maxAttempts ? failed(error) : { kind: "retry", memos: [], afterMs: null, error };
    } catch (error) {
      if (isPassing(error)) return { kind: "retry", memos: [], afterMs: null, error: {} };
      const message = error instanceof Error ? error.message : String(error);
      return call.attempt + 1 >= spec.maxAttempts
        ? failed({ name: "Error", message })
        : { kind: "retry", memos: [], afterMs: null, error: { name: "Error", message } };
    } finally {
      stop();
    }
  }

  return { active, share, run };
}

/** Memos that stayed in memory until the end of the call. */
function keptMemos({ committed }: Dispatch): MemoDraft[] {
  return [...committed.values()].flatMap((memo) => memo ?? []);
}

/** What a run fails with when PostgreSQL refuses what a step returned. */
export function refusal(error: unknown): JsonObject {
  const reason = error instanceof Error ? error.message : String(error);
  return { name: "Error", message: `What a step returned could not be stored: ${reason}.` };
}

function withinLimits(verdict: Verdict, dispatch: Dispatch): Verdict {
  const problem = verdict.kind === "ops" ? sizeProblem(dispatch, verdict.draft.memos) : null;
  return problem === null ? verdict : failed({ name: "Error", message: problem });
}
