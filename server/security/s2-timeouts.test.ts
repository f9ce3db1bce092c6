import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { readId } from "@/core/ids";
import { decide, publishAsking, tracesOf } from "./approvals.testkit";
import { attack, type Attacked } from "./attacked.testkit";
import { extent, inParallel, report } from "./extent.testkit";
import { expectEveryRunToEnd } from "./runs-end.testkit";

let target: Attacked;
beforeAll(async () => {
  target = await attack("timeouts");
  await publishAsking(target, "due", { timeout: "PT2S", onTimeout: "reject" });
});
afterAll(() => target.close());

const decisions = 50;
/** The decisions are spread over this long … */
const spreadMs = 100;
/** … and begin a different part of this before the deadline each time, so that either may come first. */
const leadMs = 300;

it("S2 a decision and the timeout that meet agree on one outcome everywhere", async () => {
  const count = extent(200, 6);
  const counts = { decided: 0, timedOut: 0 };
  const ids: string[] = [];
  await inParallel([...Array(count).keys()], 2, async (turn) => {
    const { id, dueAt } = await askOnce();
    ids.push(id);
    await delay(Math.max(0, dueAt.getTime() - ((turn % 7) * leadMs) / 6 - Date.now()));
    const answers = await Promise.all(
      Array.from({ length: decisions }, async (_, at) => {
        await delay((at * spreadMs) / decisions);
        return decide(target, target.organization.members.operator.apiKey, id, at % 2 === 0 ? "approve" : "reject");
      }),
    );
    const won = answers.filter(({ status }) => status === 200).length;
    expect(won).toBeLessThanOrEqual(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(decisions - won);
    counts[won === 1 ? "decided" : "timedOut"] += 1;
  });
  await expectEveryRunToEnd(target);
  const traces = await tracesOf(target, ids);
  expect(traces.filter(({ outcome }) => outcome === "timed_out" || outcome === "timeout")).toHaveLength(
    counts.timedOut,
  );
  for (const { outcome, steps } of traces) expect(steps).toBe(outcome === "approved" ? 1 : 0);
  report(
    `S2 timeouts: ${count} approvals x ${decisions} decisions, ${counts.decided} decided, ${counts.timedOut} timed out, 0 mismatches, 0 x 5xx`,
  );
});

/** Starts a run and waits until it asks. */
async function askOnce(): Promise<{ id: string; dueAt: Date }> {
  const { text } = await target.send("POST", "/api/v1/runs", { body: JSON.stringify({ template_id: "due" }) });
  const runId = readId("run", String(JSON.parse(text).id));
  return vi.waitFor(
    async () => {
      const [row] = await target.rows<{ id: string; dueAt: Date }>(
        `select id, due_at as "dueAt" from waitpoints where run_id = $1`,
        [runId],
      );
      if (!row) throw new Error("it does not ask yet");
      return row;
    },
    { timeout: 30_000, interval: 20 },
  );
}
