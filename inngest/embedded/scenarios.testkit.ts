import { NonRetriableError, RetryAfterError, type GetStepTools, type Inngest, type InngestFunction } from "inngest";
import type { Json, JsonObject } from "@/core/json";

export interface Scenario {
  id: string;
  /** What the function must return, or the message it must fail with. */
  expected: { result: Json } | { error: string };
}

export interface ScenarioBench {
  functions: InngestFunction.Any[];
  /** Sends the scenario's event and resolves to how its run ended. */
  run(id: string): Promise<{ result: Json } | { error: string }>;
  /** How often each step body ran, by `<key>/<step>`. */
  bodies: Map<string, number>;
}

interface FailureContext {
  event: { data: { event: { data: JsonObject } } };
  error: Error;
}

export const scenarios: Scenario[] = [
  { id: "seq", expected: { result: { a: { v: 1 }, b: 2, c: null } } },
  { id: "par", expected: { result: { z: "z", t: "P1P2P3" } } },
  { id: "sleep", expected: { result: "slept" } },
  { id: "wait", expected: { result: { e: { ok: true }, n: null } } },
  {
    id: "inv",
    expected: { result: { r: { got: 1, x: 1 }, err: { name: "Error", message: "child boom", step: true } } },
  },
  { id: "retry", expected: { result: { attempt: 2, after: 0 } } },
  {
    id: "nonretri",
    expected: { result: { name: "NonRetriableError", message: "no more", cause: "root", after: "compensated" } },
  },
  { id: "exhaust", expected: { error: "always boom" } },
  { id: "fnerr", expected: { error: "not again" } },
  { id: "loop", expected: { result: 3 } },
  { id: "send", expected: { result: { ids: 2, heard: "hello" } } },
  { id: "mix", expected: { result: { s: "step", w: null, e: { word: "yes" } } } },
  { id: "parfail", expected: { result: { ok: "fine", failed: "one branch" } } },
];

/** The functions of all scenarios on one client, and a way to run each and see how it ends. */
export function createScenarioBench(client: Inngest): ScenarioBench {
  const waiting = new Map<string, (end: { result: Json } | { error: string }) => void>();
  const bodies = new Map<string, number>();
  const count = (key: Json | undefined, step: string): number => {
    const name = `${String(key)}/${step}`;
    const times = (bodies.get(name) ?? 0) + 1;
    bodies.set(name, times);
    return times;
  };
  const settle = (key: unknown, end: { result: Json } | { error: string }): void => {
    waiting.get(String(key))?.(end);
    waiting.delete(String(key));
  };

  interface Arguments {
    step: GetStepTools<Inngest>;
    key: string;
    attempt: number;
    data: JsonObject;
  }

  function define(id: string, retries: 0 | 1 | 3, body: (context: Arguments) => Promise<Json>): InngestFunction.Any {
    return client.createFunction(
      {
        id,
        retries,
        triggers: [{ event: `scenario/${id}` }],
        onFailure: ({ event, error }: FailureContext) => settle(event.data.event.data["key"], { error: error.message }),
      },
      async ({ event, step, attempt }) => {
        const data = (event.data ?? {}) as JsonObject;
        const result = await body({ step, key: String(data["key"]), attempt, data });
        settle(data["key"], { result });
        return result;
      },
    );
  }

  const child = client.createFunction({ id: "child", triggers: [] }, async ({ event, step }) => {
    const x = await step.run("c1", () => 1);
    return { got: (event.data as JsonObject)["q"] ?? null, x };
  });
  const childFail = client.createFunction({ id: "child-fail", triggers: [], retries: 0 }, () => {
    throw new Error("child boom");
  });

  const functions: InngestFunction.Any[] = [
    child,
    childFail,
    define("seq", 3, async ({ step, key }) => {
      const a = await step.run("a", () => (count(key, "a"), { v: 1 }));
      const b = await step.run("b", () => (count(key, "b"), a.v + 1));
      const c = await step.run("c", () => (count(key, "c"), undefined));
      return { a, b, c };
    }),
    define("par", 3, async ({ step, key }) => {
      const z = await step.run("z", () => "z");
      const parts = await Promise.all(
        ["1", "2", "3"].map((n) => step.run(`p${n}`, () => (count(key, `p${n}`), `P${n}`))),
      );
      const t = await step.run("tail", () => (count(key, "tail"), parts.join("")));
      return { z, t };
    }),
    define("sleep", 3, async ({ step }) => {
      await step.run("pre", () => 1);
      await step.sleep("nap", "1s");
      await step.sleepUntil("nap2", new Date(Date.now() + 500));
      return "slept";
    }),
    define("wait", 3, async ({ step, key }) => {
      const [event] = await Promise.all([
        step.waitForEvent("w1", {
          event: "scenario/answer",
          timeout: "30s",
          if: `async.data.key == event.data.key && async.data.ok == true`,
        }),
        step.sendEvent("ask", [
          { name: "scenario/answer", data: { key: "somebody else", ok: true } },
          { name: "scenario/answer", data: { key, ok: false } },
          { name: "scenario/answer", data: { key, ok: true } },
        ]),
      ]);
      const n = await step.waitForEvent("w2", { event: "scenario/never", timeout: "1s" });
      return { e: { ok: (event?.data as JsonObject | undefined)?.["ok"] ?? null }, n: n as Json };
    }),
    define("inv", 3, async ({ step }) => {
      const r = (await step.invoke("i1", { function: child, data: { q: 1 } })) as Json;
      try {
        await step.invoke("i2", { function: childFail, data: {} });
        return { r, err: null };
      } catch (error) {
        return { r, err: described(error) };
      }
    }),
    define("retry", 3, async ({ step, attempt }) => {
      const seen = await step.run("flaky", () => {
        if (attempt === 0) throw new Error("flaky0");
        if (attempt === 1) throw new RetryAfterError("later", 1_000);
        return attempt;
      });
      return await step.run("next", () => ({ attempt: seen, after: attempt === 0 || attempt === seen ? 0 : attempt }));
    }),
    define("nonretri", 3, async ({ step, key }) => {
      try {
        await step.run("nr", () => {
          count(key, "nr");
          throw new NonRetriableError("no more", { cause: new Error("root") });
        });
        return null;
      } catch (error) {
        const { name, message, cause } = error as Error & { cause?: { message?: string } };
        const after = await step.run("comp", () => "compensated");
        return { name, message, cause: cause?.message ?? null, after };
      }
    }),
    define("exhaust", 1, async ({ step, key }) => {
      await step.run("always", () => {
        count(key, "always");
        throw new Error("always boom");
      });
      return null;
    }),
    define("fnerr", 1, async ({ step, key }) => {
      await step.run("once", () => count(key, "once"));
      count(key, "function");
      throw new Error("not again");
    }),
    define("loop", 3, async ({ step, key }) => {
      let sum = 0;
      for (let i = 0; i < 3; i += 1) sum += await step.run("it", () => (count(key, `it${i}`), i));
      return sum;
    }),
    define("send", 3, async ({ step, key }) => {
      const [heard, sent] = await Promise.all([
        step.waitForEvent("hear", { event: "scenario/sent", timeout: "30s", match: "data.key" }),
        step.sendEvent("send", [
          { name: "scenario/sent", data: { key, word: "hello" } },
          { name: "scenario/unheard", data: { key } },
        ]),
      ]);
      return { ids: sent.ids.length, heard: String((heard?.data as JsonObject | undefined)?.["word"]) };
    }),
    define("mix", 3, async ({ step, key }) => {
      const [s, , w, e] = await Promise.all([
        step.run("s", () => "step"),
        step.sleep("z", "1s"),
        step.waitForEvent("w", { event: "scenario/never", timeout: "1s" }),
        step.waitForEvent("e", { event: "scenario/word", timeout: "30s", match: "data.key" }),
        step.sendEvent("say", { name: "scenario/word", data: { key, word: "yes" } }),
      ]);
      return { s, w: w as Json, e: { word: (e?.data as JsonObject | undefined)?.["word"] ?? null } };
    }),
    define("parfail", 1, async ({ step }) => {
      const [ok, failed] = await Promise.allSettled([
        step.run("good", () => "fine"),
        step.run("bad", () => {
          throw new NonRetriableError("one branch");
        }),
      ]);
      return {
        ok: ok.status === "fulfilled" ? ok.value : null,
        failed: failed.status === "rejected" ? (failed.reason as Error).message : null,
      };
    }),
  ];

  let sent = 0;
  return {
    functions,
    bodies,
    run: async (id) => {
      sent += 1;
      const key = `${id}-${sent}-${Math.random().toString(36).slice(2)}`;
      const ended = new Promise<{ result: Json } | { error: string }>((resolve) => waiting.set(key, resolve));
      await client.send({ name: `scenario/${id}`, data: { key } });
      return await ended;
    },
  };
}

function described(error: unknown): JsonObject {
  const { name, message, constructor } = error as Error;
  return { name, message, step: constructor.name === "StepError" };
}
