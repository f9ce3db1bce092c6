import { expect, test } from "vitest";
import type { Call } from "./call";
import { createDispatcher, type Dispatch } from "./dispatcher";
import { createCatalog } from "./function-catalog";
import type { Sdk, SdkAnswer } from "./sdk";
import { createSlots } from "./slots";
import type { Store } from "./store";

const ofB: Call = {
  run: "run",
  step: "step",
  attempt: 0,
  fence: 1,
  takeovers: 0,
  fn: "work",
  key: "B",
  events: [],
  steps: {},
  stack: [],
};
const answered: SdkAnswer = {
  status: 206,
  headers: {},
  body: [{ id: "hash", op: "StepRun", displayName: "first", data: null }],
};

/** A dispatcher that knows that A waits, and has made one call of B. `made` is what the function does. */
async function giveWay(made: (dispatch: Dispatch) => void): Promise<{ done: string[] }> {
  const done: string[] = [];
  const asked = <T>(name: string, answer: T) => {
    done.push(name);
    return Promise.resolve(answer);
  };
  const store: Pick<Store, "answer" | "release" | "checkpoint"> = {
    answer: (_call, _worker, lease) => asked(`answered, ${String(lease)} leased`, { next: null }),
    release: () => asked("released", null),
    checkpoint: () => asked("written", true),
  };
  const sdk: Sdk = {
    call: (_call, _attempts, watch) => {
      made(watch as Dispatch);
      return Promise.resolve(answered);
    },
    configs: () => Promise.resolve([]),
  };
  await new Promise<void>((resolve) => {
    const slots = createSlots(1, () => {
      done.push("slot given");
      resolve();
    });
    slots.take(1);
    const dispatcher = createDispatcher({
      sdk,
      store: store as Store,
      catalog: createCatalog([{ id: "work", triggers: [{ event: "t/work" }], steps: {} }]),
      slots,
      most: 1,
      worker: () => "worker",
      mayLease: () => true,
      current: () => Promise.resolve(),
      logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
      clock: { now: () => 0 },
      retryDelay: () => 0,
      isStopping: () => false,
      wakeIn: (inMs) => done.push(`look in ${String(inMs)} ms`),
    });
    dispatcher.share.heard({ jobs: [], seen: 0, waiting: ["A"], cut: false, after: "" });
    dispatcher.run(ofB, "worker");
  });
  return { done };
}

test("L17 a call that gives way at its end is looked for in the queue, even by a look that found nobody waiting", async () => {
  const { done } = await giveWay(() => undefined);
  expect(done).toEqual(["answered, 0 leased", "look in 0 ms", "slot given"]);
});

test("L17 a call that gives way after a committed step is looked for in the queue as well", async () => {
  const { done } = await giveWay((dispatch) => {
    dispatch.state = "handed";
  });
  expect(done).toEqual(["released", "look in 0 ms", "slot given"]);
});
