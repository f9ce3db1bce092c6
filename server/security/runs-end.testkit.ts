import { expect, vi } from "vitest";
import type { Attacked } from "./attacked.testkit";

/** Whatever was started ends by itself or waits for somebody, and what waits can be cancelled. Answers how many runs there were. */
export async function expectEveryRunToEnd(target: Attacked): Promise<number> {
  const { id } = target.organization;
  const open = (statuses: readonly string[]): Promise<{ id: string; status: string }[]> =>
    target.rows("select id, status from runs where organization_id = $1 and status = any($2)", [id, statuses]);
  const untilNone = (statuses: readonly string[]): Promise<void> =>
    vi.waitFor(async () => expect(await open(statuses)).toEqual([]), { timeout: 180_000, interval: 250 });
  await untilNone(["pending", "running"]);
  for (const run of await open(["waiting", "paused"])) {
    const { status, text } = await target.send("POST", `/api/v1/runs/${run.id}/cancel`, { body: "{}" });
    // One that ended in between says so.
    expect([200, 202, 409], text).toContain(status);
  }
  await untilNone(["pending", "running", "waiting", "paused"]);
  const [counted] = await target.rows<{ count: string }>("select count(*) from runs where organization_id = $1", [id]);
  return Number(counted?.count);
}
