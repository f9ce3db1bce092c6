import type { Json, JsonObject } from "@/core/json";
import type { Spec, SpecNode } from "@/core/spec/document";
import type { OrganizationId } from "@/server/db/tenant";
import { allNodes } from "./all-nodes";
import { findVersion } from "./repository";
import { hiddenMark, partsOf, sideOf, wholeOutput } from "./sensitive-paths";
import { listSensitiveRuns, listValuesOfNodes } from "./sensitive-store";

/** Blacks out, wherever it turns up, what one step of the run called sensitive. */
export type Mask = <Value extends Json>(value: Value) => Value;

/** Nothing is sensitive in this run. */
export const noMask: Mask = (value) => value;

/** Shorter values would black out half of every text: they are hidden only where they stand. */
const shortestFollowed = 4;

/**
 * What is sensitive at one step is so in everything that comes from it: later steps, the run's input, its events. The values
 * are those that were recorded at the `sensitive` paths, in all tries, and those that a path will take from the input.
 */
export async function maskOfRun(spec: Spec, run: { id: string; input: unknown }): Promise<Mask> {
  const nodes = allNodes(spec).filter(({ sensitive = [] }) => sensitive.length > 0);
  const rows = await listValuesOfNodes(
    run.id,
    nodes.map(({ id }) => id),
  );
  const secrets = new Set<string>();
  for (const row of rows) if (row.isUnrecorded) collectAt(secrets, row, wholeOutput);
  for (const node of nodes)
    for (const path of node.sensitive ?? []) {
      collect(secrets, takenFromInput(node, path, run.input as Json));
      for (const row of rows) if (row.nodeId === node.id) collectAt(secrets, row, path);
    }
  return maskOf(secrets, spec);
}

/** The masks of those of these runs that have sensitive values, by their ids. */
export async function masksOfRuns(
  organizationId: OrganizationId,
  runIds: readonly string[],
): Promise<ReadonlyMap<string, Mask>> {
  const runs = runIds.length === 0 ? [] : await listSensitiveRuns(organizationId, [...new Set(runIds)]);
  const specs = new Map(
    await Promise.all(
      [...new Set(runs.map(({ versionId }) => versionId))].map(
        async (id) => [id, await findVersion(organizationId, id)] as const,
      ),
    ),
  );
  const masks = await Promise.all(
    runs.map(async (run) => {
      const spec = specs.get(run.versionId)?.spec;
      // Written only after validation against the same schema.
      return [run.id, spec === undefined ? noMask : await maskOfRun(spec as unknown as Spec, run)] as const;
    }),
  );
  return new Map(masks);
}

/** Whoever has the address of a step that waits for a call answers it: it stands at the step, for those who may. */
const callbackAddress = String.raw`(?<=/api/callbacks/)[\w-]{16,}`;

function maskOf(secrets: ReadonlySet<string>, spec: Spec): Mask {
  const longestFirst = [...secrets].sort((left, right) => right.length - left.length).map((secret) => escaped(secret));
  if (givesCallbacks(spec)) longestFirst.push(callbackAddress);
  if (longestFirst.length === 0) return noMask;
  const pattern = new RegExp(longestFirst.join("|"), "g");
  const masked = (value: Json): Json => {
    if (typeof value === "string") return value.replace(pattern, hiddenMark);
    if (typeof value === "number") return secrets.has(String(value)) ? hiddenMark : value;
    if (Array.isArray(value)) return value.map(masked);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name.replace(pattern, hiddenMark), masked(inner)]),
    );
  };
  // Shapes stay; only what is written in them changes.
  return (value) => masked(value) as typeof value;
}

function givesCallbacks(spec: Spec): boolean {
  const nodes = allNodes(spec);
  return nodes.some(({ type }) => type === "wait") && JSON.stringify(nodes).includes("run.callback");
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

function collectAt(secrets: Set<string>, row: { input: Json; output: Json; error: Json }, path: string): void {
  const side = sideOf(path);
  const parts = partsOf(path);
  const body =
    typeof row.error === "object" && row.error !== null && !Array.isArray(row.error) ? row.error["body"] : null;
  if (side !== "output") collect(secrets, valueAt(row.input, parts));
  if (side === "input") return;
  collect(secrets, valueAt(row.output, parts));
  collect(secrets, valueAt(body ?? null, parts));
}

/** `sensitive: ["ssn"]` beside `ssn: "${input.person.ssn}"`: known before the step has run. */
function takenFromInput(node: SpecNode, path: string, input: Json): Json {
  const source = valueAt(node as unknown as JsonObject, partsOf(path));
  const from = typeof source === "string" ? /^\$\{\s*(?:input|trigger)\.([\w.]+)\s*\}$/.exec(source)?.[1] : undefined;
  return from === undefined ? null : valueAt(input, from.split("."));
}

function collect(secrets: Set<string>, value: Json): void {
  if (typeof value === "string" || typeof value === "number") {
    const text = String(value);
    if (text.length >= shortestFollowed) secrets.add(text);
  } else if (typeof value === "object" && value !== null)
    for (const inner of Object.values(value)) collect(secrets, inner);
}

function valueAt(value: Json, path: readonly string[]): Json {
  let found: Json = value;
  for (const name of path) {
    if (typeof found !== "object" || found === null || Array.isArray(found)) return null;
    found = found[name] ?? null;
  }
  return found;
}
