import { Client, type QueryConfig } from "pg";
import { vi } from "vitest";
import { hotPool } from "./pools";

interface Statement {
  text: string;
  values: unknown[];
}

/** Everything that is read from the database meanwhile, whoever asks. */
export async function statementsOf(work: () => Promise<unknown>): Promise<Statement[]> {
  const seen: Statement[] = [];
  const query = vi.spyOn(Client.prototype, "query");
  try {
    await work();
    for (const [config, values] of query.mock.calls as unknown as [string | QueryConfig, unknown[] | undefined][]) {
      const text = typeof config === "string" ? config : config.text;
      if (/^\s*(select|with|insert)/i.test(text) && !text.includes("hot_batch"))
        seen.push({ text, values: (typeof config === "string" ? values : config.values) ?? [] });
    }
  } finally {
    query.mockRestore();
  }
  return seen;
}

interface PlanNode {
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: PlanNode[];
}

/** Rows that a statement looked at in each table, whether it kept them or not. */
export async function rowsLookedAt({ text, values }: Statement): Promise<{ table: string; rows: number }[]> {
  const client = await hotPool().connect();
  try {
    await client.query("begin");
    const { rows } = await client.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
      `explain (analyze, format json) ${text}`,
      values,
    );
    const nodes = rows[0]?.["QUERY PLAN"].map(({ Plan }) => Plan) ?? [];
    const looked: { table: string; rows: number }[] = [];
    for (let node = nodes.pop(); node; node = nodes.pop()) {
      nodes.push(...(node.Plans ?? []));
      const each =
        node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
      if (node["Relation Name"]) looked.push({ table: node["Relation Name"], rows: each * node["Actual Loops"] });
    }
    return looked;
  } finally {
    await client.query("rollback");
    client.release();
  }
}
