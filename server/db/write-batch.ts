import type { PoolClient } from "pg";
import type { Json, JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { isBlocked, isCut, failedItem } from "./write-errors";

/** One write that somebody waits for. */
export interface PendingWrite {
  /** As `hot_batch` takes it, JSON. */
  text: string;
  /** Whose it is, as far as it says so. */
  owner: string;
  /** Ids of the runs and jobs whose rows it locks, as far as it says so. */
  rows: readonly string[];
  resolve(value: Json): void;
  reject(error: unknown): void;
}

export function pendingWrite(
  kind: string,
  args: JsonObject,
  { resolve, reject }: Pick<PendingWrite, "resolve" | "reject">,
  owner?: string,
): PendingWrite {
  const { m: memo, o: ownerOfRun, org } = args;
  const step = isJsonObject(memo) ? memo["x"] : null;
  return {
    text: JSON.stringify({ k: kind, a: args }),
    owner: owner ?? [ownerOfRun, org].find((id) => typeof id === "string") ?? "",
    rows: [args["r"], args["run"], args["id"], step].filter((row) => typeof row === "string"),
    resolve,
    reject,
  };
}

/** After so many bad items the rest of a batch is written one by one: cheaper than a transaction again for each. */
const maxBadItems = 8;

const answeredAtOnce = 8;

/** Writes these items in one transaction and answers their callers. */
export async function execute(client: PoolClient, items: readonly PendingWrite[]): Promise<void> {
  const { rows } = await client.query<{ results: Json[] }>({
    name: "hot_batch",
    text: "select hot_batch($1::jsonb) as results",
    values: [`[${items.map(({ text }) => text).join(",")}]`],
  });
  const results = rows[0]?.results ?? [];
  answerInParts(
    items.map((item, index) => () => {
      item.resolve(results[index] ?? null);
    }),
  );
}

/** Each caller goes on at once with what it does next: others get between the callers of a large batch. */
function answerInParts(answers: (() => void)[]): void {
  for (const answer of answers.splice(0, answeredAtOnce)) answer();
  if (answers.length > 0) setImmediate(answerInParts, answers);
}

/**
 * Writes a batch so that a bad item hurts nobody else: what is refused is refused alone, what somebody else holds is left to
 * `whenBlocked`, and the rest is written at once. A batch whose connection was lost is never repeated here: nobody knows
 * whether it was committed, and each caller knows how to find out. False: the connection is of no use any more.
 */
export async function writeBatch(
  client: PoolClient,
  items: readonly PendingWrite[],
  whenBlocked: (item: PendingWrite, error: unknown) => void,
): Promise<boolean> {
  let rest = [...items];
  for (let bad = 0; rest.length > 0; bad += 1) {
    if (bad === maxBadItems && rest.length > 1) {
      return inTurn(rest.map((item) => [item]));
    }
    try {
      await execute(client, rest);
      return true;
    } catch (error) {
      if (isCut(error)) {
        for (const lost of rest) lost.reject(error);
        return false;
      }
      const item = rest[rest.length === 1 ? 0 : (failedItem(error) ?? -1)];
      if (!item) {
        // Not the doing of one item, such as a batch that took too long: smaller ones may do.
        const half = Math.ceil(rest.length / 2);
        return inTurn([rest.slice(0, half), rest.slice(half)]);
      }
      rest = rest.filter((other) => other !== item);
      if (isBlocked(error)) whenBlocked(item, error);
      else item.reject(error);
    }
  }
  return true;

  async function inTurn(parts: PendingWrite[][]): Promise<boolean> {
    let alive = true;
    for (const part of parts) alive = (await writeBatch(client, part, whenBlocked)) && alive;
    return alive;
  }
}
