import { describe, expect, it } from "vitest";
import { initialState } from "./initial-state";
import type { Plan } from "./plan";
import { draw, planOf } from "./plans.testkit";
import type { RunState } from "./protocol";
import { simulate } from "./simulate.testkit";

/** Counts every look at and change of the state's tables and of the plan; listing a table counts each entry. */
function counted(plan: Plan): { plan: Plan; state: RunState; count(): number } {
  let operations = 0;
  const nodes = new Map(plan.nodes);
  nodes.get = (id) => {
    operations += 1;
    return plan.nodes.get(id);
  };
  const watch = <T extends object>(table: T): T =>
    new Proxy(table, {
      get(target, key, receiver): unknown {
        operations += 1;
        return Reflect.get(target, key, receiver);
      },
      set(target, key, value, receiver) {
        operations += 1;
        return Reflect.set(target, key, value, receiver);
      },
      deleteProperty(target, key) {
        operations += 1;
        return Reflect.deleteProperty(target, key);
      },
      ownKeys(target) {
        const keys = Reflect.ownKeys(target);
        operations += keys.length;
        return keys;
      },
    });
  const state = initialState();
  state.nodes = watch(state.nodes);
  state.joins = watch(state.joins);
  state.scopes = watch(state.scopes);
  return { plan: { ...plan, nodes }, state, count: () => operations };
}

function costOfLoop(items: number): number {
  const body = draw(["a -> b"], { b: { type: "pure" } });
  const watched = counted(planOf(["each -> z"], { each: { type: "container", body } }));
  run(watched, items);
  return watched.count();
}

function costOfChain(length: number): number {
  const watched = counted(planOf(Array.from({ length: length - 1 }, (_, index) => `s${index} -> s${index + 1}`)));
  run(watched, 0);
  return watched.count();
}

function costOfFan(width: number): number {
  const arrows = Array.from({ length: width }, (_, index) => [`s -> b${index}`, `b${index} -> j`]).flat();
  const watched = counted(planOf(arrows));
  run(watched, 0);
  return watched.count();
}

function run({ plan, state }: { plan: Plan; state: RunState }, count: number): void {
  const finished = simulate(
    plan,
    { step: () => ({ type: "stepCompleted" }), items: () => ({ count, concurrency: 5, onItemError: "fail" }) },
    { fresh: state },
  );
  expect(finished.finishes).toMatchObject([{ status: "completed" }]);
}

describe("cost", () => {
  it("is the same for each item of a loop, the first and the ten thousandth", () => {
    expect(costOfLoop(10_000) / costOfLoop(1_000)).toBeLessThan(10.5);
  });

  it("is the same for each step of a chain of 2,000", () => {
    expect(costOfChain(2_000) / costOfChain(200)).toBeLessThan(10.5);
  });

  it("is the same for each branch of a join of 2,000", () => {
    expect(costOfFan(2_000) / costOfFan(200)).toBeLessThan(10.5);
  });

  it("does not exhaust the stack on 2,000 skipped or disabled nodes in a row", () => {
    const arrows = ["d -alt-> s0", ...Array.from({ length: 1_999 }, (_, index) => `s${index} -> s${index + 1}`)];
    const skipped = simulate(planOf(arrows), { step: () => ({ type: "stepCompleted" }) });
    expect(skipped.commands.filter((command) => command.type === "recordSkipped")).toHaveLength(2_000);
    const disabled = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`s${index}`, { disabled: true }]));
    const passed = simulate(planOf(arrows, disabled), { step: () => ({ type: "stepCompleted", handle: "alt" }) });
    expect(passed.finishes).toMatchObject([{ status: "completed" }]);
  });
});
