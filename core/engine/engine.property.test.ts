import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { advance } from "./advance";
import { cases, documentNodes, hash, propertyRuns, shuffled, type Case } from "./graphs.testkit";
import { initialState } from "./initial-state";
import type { EngineEvent, RunState, StepRecord } from "./protocol";
import { expectedOutcome } from "./reference.testkit";
import { outstanding } from "./outstanding";
import { restoreState } from "./restore";
import { simulate } from "./simulate.testkit";

const runs = { numRuns: propertyRuns };

describe("engine", { timeout: Math.max(30_000, propertyRuns * 50) }, () => {
  it("comes to what a plain reading of the graph says, in whatever order the world answers", () => {
    fc.assert(
      fc.property(cases({ fatal: false }), fc.nat(), ({ plan, policy }, seed) => {
        const run = simulate(plan, policy, { pick: shuffled(seed) });
        const expected = expectedOutcome(plan, policy);
        expect(documentNodes(run.state)).toEqual(
          Object.fromEntries([...expected.nodes].map(([id, node]) => [id, [node.status, node.handle]])),
        );
        expect(run.finishes).toEqual([{ type: "finish", status: "completed", outputFrom: expected.result }]);
        for (const command of run.commands) {
          if (command.type === "closeContainer" && expected.results.has(command.key))
            expect(command.results).toEqual(expected.results.get(command.key));
        }
      }),
      runs,
    );
  });

  it("ends every run once, runs no attempt twice, and decides every node once", () => {
    fc.assert(
      fc.property(cases({ fatal: true }), fc.nat(), ({ plan, policy }, seed) => {
        const run = simulate(plan, policy, { pick: shuffled(seed) });
        expect(run.stuck).toBe(false);
        expect(run.finishes).toHaveLength(1);
        expect(run.commands.at(-1)).toEqual(run.finishes[0]);
        const asked = run.commands.flatMap((command) =>
          command.type === "runStep" ? [`${command.key}#${command.attempt}`] : [],
        );
        expect(new Set(asked).size).toBe(asked.length);
        const skipped = run.commands.flatMap((command) => (command.type === "recordSkipped" ? [command.key] : []));
        expect(new Set(skipped).size).toBe(skipped.length);
        expect(skipped.filter((key) => asked.includes(`${key}#1`))).toEqual([]);
        for (const node of Object.values(run.state.nodes))
          expect(["completed", "failed", "skipped", "cancelled"]).toContain(node.status);
      }),
      runs,
    );
  });

  it("runs a node only behind a taken edge, and never a node behind dead ones", () => {
    fc.assert(
      fc.property(cases({ fatal: true }), fc.nat(), ({ plan, policy }, seed) => {
        const { state, commands } = simulate(plan, policy, { pick: shuffled(seed) });
        for (const command of commands) {
          if (command.type !== "runStep" && command.type !== "openContainer" && command.type !== "recordSkipped")
            continue;
          const node = plan.nodes.get(command.nodeId);
          if (!node || node.incoming.length === 0) continue;
          const suffix = command.iteration === "" ? "" : `[${command.iteration}]`;
          const taken = node.incoming.filter((edge) => state.nodes[`${edge.from}${suffix}`]?.handle === edge.handle);
          if (command.type === "recordSkipped" && !node.disabled) expect(taken).toEqual([]);
          else if (command.type !== "recordSkipped") expect(taken.length).toBeGreaterThan(0);
          if (node.join === "all")
            for (const edge of node.incoming) expect(state.nodes[`${edge.from}${suffix}`]).toBeDefined();
        }
      }),
      runs,
    );
  });

  it("answers late and repeated events with nothing and changes nothing", () => {
    fc.assert(
      fc.property(cases({ fatal: true }), fc.nat(), ({ plan, policy }, seed) => {
        const events: EngineEvent[] = [];
        simulate(plan, policy, {
          pick: shuffled(seed),
          onEvent(event, _commands, state) {
            events.push(event);
            const before = JSON.stringify(state);
            const earlier = events[Math.floor(hash(`${seed}:again:${events.length}`) * events.length)] ?? event;
            for (const late of [event, earlier]) {
              const answer = advance(plan, state, structuredClone(late));
              expect(answer.commands).toEqual([]);
              expect(JSON.stringify(answer.state)).toBe(before);
            }
          },
        });
      }),
      runs,
    );
  });

  it("gives the same state and commands when the same events are replayed", () => {
    fc.assert(
      fc.property(cases({ fatal: true }), fc.nat(), ({ plan, policy }, seed) => {
        const run = simulate(plan, policy, { pick: shuffled(seed) });
        let state = initialState();
        const commands = run.events.flatMap((event) => {
          const answer = advance(plan, state, structuredClone(event));
          state = answer.state;
          return answer.commands;
        });
        expect(state).toEqual(run.state);
        expect(commands).toEqual(run.commands);
      }),
      runs,
    );
  });

  it("goes on from its journal after a crash at any point as if nothing had happened", () => {
    fc.assert(
      fc.property(cases({ fatal: true }), fc.nat(), ({ plan, policy }, seed) => {
        const pick = shuffled(seed);
        const whole = simulate(plan, policy, { pick });
        const broken = simulate(plan, policy, {
          pick,
          crashes: (turn) => hash(`${seed}:crash:${turn}`) < 0.4,
          onCrash: (before, after) => {
            expect(after).toEqual(before);
          },
        });
        expect(broken.finishes).toEqual(whole.finishes);
        expect(documentNodes(broken.state)).toEqual(documentNodes(whole.state));
        expect(broken.turns).toBe(whole.turns);
      }),
      runs,
    );
  });

  it("restores a run that is over as over, with its last word", () => {
    fc.assert(
      fc.property(cases({ fatal: true }), fc.nat(), ({ plan, policy }, seed) => {
        const run = simulate(plan, policy, { pick: shuffled(seed) });
        const restored = restoreState(plan, [...run.records.values()]);
        expect(restored.status).toBe(run.state.status);
        expect(outstanding(plan, restored).filter((command) => command.type !== "finish")).toEqual([]);
        expect(restored.finish?.outputFrom).toEqual(run.finishes[0]?.outputFrom);
        expect(restored.finish?.failedKey).toEqual(run.finishes[0]?.failedKey);
      }),
      runs,
    );
  });

  it("cancels everything open, once, whenever a run is cancelled or out of time", () => {
    fc.assert(
      fc.property(
        cases({ fatal: true }),
        fc.nat(),
        fc.nat(30),
        fc.boolean(),
        ({ plan, policy }, seed, turns, byDeadline) => {
          const run = simulate(plan, policy, { pick: shuffled(seed), maxTurns: turns });
          if (run.state.status !== "active") return;
          const open = Object.entries(run.state.nodes).flatMap(([key, node]) =>
            node.status === "running" || node.status === "waiting" ? [key] : [],
          );
          const { state, commands } = advance(
            plan,
            run.state,
            byDeadline ? { type: "deadline", at: 9, reason: "timeout" } : { type: "cancelled", at: 9 },
          );
          expect(commands.flatMap((command) => (command.type === "cancelStep" ? [command.key] : [])).sort()).toEqual(
            open.sort(),
          );
          expect(commands.at(-1)).toMatchObject(
            byDeadline
              ? { type: "finish", status: "failed", reason: "timeout" }
              : { type: "finish", status: "cancelled" },
          );
          expect(advance(plan, state, { type: "cancelled", at: 10 }).commands).toEqual([]);
        },
      ),
      runs,
    );
  });

  it("A-15 retries a failed run from what failed: what was done is not done again", () => {
    fc.assert(
      fc.property(cases({ fatal: true }), fc.nat(), ({ plan, policy }, seed) => {
        const failed = simulate(plan, policy, { pick: shuffled(seed) });
        if (failed.state.status !== "failed" || failed.finishes[0]?.reason === "ended_failed") return;
        const kept = [...failed.records.values()].filter((record) => !isToBeTriedAgain(record));
        const restored = restoreState(plan, kept);
        const done = new Set(kept.filter((record) => record.status === "completed").map((record) => record.key));
        const second = resume({ plan, policy }, restored);
        expect(second.state.status).toBe("completed");
        expect(second.commands.filter((command) => command.type === "runStep" && done.has(command.key))).toEqual([]);
      }),
      runs,
    );
  });
});

function isToBeTriedAgain(record: StepRecord): boolean {
  return record.status === "cancelled" || (record.status === "failed" && record.handle === undefined);
}

/** The second try: everything that is still to do works out, waitpoints and retry delays of the first included. */
function resume({ plan, policy }: Pick<Case, "plan" | "policy">, start: RunState): ReturnType<typeof simulate> {
  const kind: typeof policy = {
    ...(policy.items && { items: () => ({ count: 2, concurrency: 2, onItemError: "fail" as const }) }),
    step: () => ({ type: "stepCompleted" }),
  };
  return simulate(plan, kind, { start });
}
