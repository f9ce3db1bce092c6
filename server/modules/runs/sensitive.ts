import { asObject, type Json } from "@/core/json";
import type { Spec } from "@/core/workflow/document";
import { sensitiveInput } from "@/core/workflow/marked-sensitive";
import { traceSecrets, type RunSecrets } from "@/core/workflow/trace-secrets";
import type { OrganizationId } from "@/server/db/tenant";
import { stepDefinition, stepDefinitions } from "@/steps/definitions";
import { allNodes } from "./all-nodes";
import { hideTokens, withoutTokens } from "@/server/token-words";
import { coverTexts, shortestFollowed } from "./cover-texts";
import { findVersion } from "./repository";
import { hiddenMark, partsOf, sideOf, valuesAt, wholeOutput } from "./sensitive-paths";
import { listInputChanges, listSensitiveRuns, listValuesOfNodes, type RecordedValues } from "./sensitive-store";
import { quoteOf, quotesService } from "./service-words";

/**
 * Blacks out what comes from something that a step of the run calls sensitive: by where it stands, as far as expressions tell
 * (`secrets`), and wherever the text of it turns up.
 */
export interface Mask {
  <Value extends Json>(value: Value): Value;
  secrets: RunSecrets;
  /** What authors call sensitive, by the step. */
  marked: ReadonlyMap<string, readonly string[]>;
}

const noSecrets: RunSecrets = { input: [], output: [], message: false, steps: new Map(), reads: () => false };

/** Nothing is sensitive in this run; where to answer for others is hidden all the same: another run may have given it to this one. */
export const noMask: Mask = Object.assign(<Value extends Json>(value: Value) => withoutTokens(value), {
  secrets: noSecrets,
  marked: new Map<string, readonly string[]>(),
});

const hiddenMessage = "What went wrong is not shown, because it was worked out from something sensitive.";

/** Texts that are not shown, with what is shown instead. */
type Covers = Map<string, string>;

/**
 * What is sensitive at one step is so in everything that comes from it: later steps, the run's input, its events. The values
 * are those that were recorded at the places that lead to it, in all tries, and those that a path will take from the input.
 */
export async function maskOfRun(spec: Spec, run: { id: string; input: unknown }): Promise<Mask> {
  const marked = allNodes(spec).filter(({ sensitive = [] }) => sensitive.length > 0);
  const rows = await listValuesOfNodes(
    run.id,
    marked.map(({ id }) => id),
  );
  const unrecorded = new Set(rows.filter(({ isUnrecorded }) => isUnrecorded).map(({ nodeId }) => nodeId));
  const isOpen = marked.length === 0 && unrecorded.size === 0 && sensitiveInput(spec).length === 0;
  const secrets = isOpen ? noSecrets : traceSecrets(spec, stepDefinitions, unrecorded);
  const covers: Covers = new Map();
  for (const row of rows) if (row.isUnrecorded) collectAt(covers, row, wholeOutput);
  const answersHidden = new Set(
    marked.flatMap(({ id, sensitive = [] }) => (sensitive.some((path) => sideOf(path) !== "input") ? [id] : [])),
  );
  for (const row of rows) if (row.isUnrecorded || answersHidden.has(row.nodeId)) collectQuotes(covers, row);
  for (const { id, sensitive = [] } of marked)
    for (const path of sensitive) for (const row of rows) if (row.nodeId === id) collectAt(covers, row, path);
  const inputs = secrets.input.length === 0 ? [] : [run.input as Json, ...(await listInputChanges(run.id))];
  for (const path of secrets.input)
    for (const input of inputs) for (const value of valuesAt(input, path)) collect(covers, value);
  await collectTraced(covers, spec, run.id, secrets);
  return Object.assign(maskOf(covers, spec), {
    secrets,
    marked: new Map(marked.map(({ id, sensitive = [] }) => [id, sensitive])),
  });
}

/** What was recorded where something sensitive leads to. What the author wrote in the document is no secret, whatever it was chosen by. */
async function collectTraced(covers: Covers, spec: Spec, runId: string, { steps }: RunSecrets): Promise<void> {
  if (steps.size === 0) return;
  const written = new Set(JSON.stringify(spec).match(/(?<=["'])[^"'\\]+(?=\\?["'])/g));
  const found: Covers = new Map();
  for (const row of await listValuesOfNodes(runId, [...steps.keys()])) {
    const { hidden, summary, message } = steps.get(row.nodeId) ?? { hidden: [], summary: null, message: false };
    for (const { path, shows } of hidden) {
      const [side, ...rest] = path;
      for (const value of valuesAt(side === "input" ? row.input : row.output, rest)) collect(found, value, shows);
    }
    if (summary !== null) collect(found, row.summary, summary);
    for (const error of message ? errorsOf(row) : [])
      if (!quotesService(error)) collect(found, asObject(error)["message"] ?? null, hiddenMessage);
  }
  for (const [text, shows] of found) if (!covers.has(text) && !written.has(text)) covers.set(text, shows);
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
const callbackAddress = /(?<=\/api\/callbacks\/)[\w-]{16,}/g;

function maskOf(covers: Covers, spec: Spec): <Value extends Json>(value: Value) => Value {
  const hasAddresses = givesCallbacks(spec);
  if (covers.size === 0 && !hasAddresses) return withoutTokens;
  const coverSecrets = coverTexts(covers);
  const cover = (text: string): string =>
    coverSecrets(hideTokens(hasAddresses ? text.replace(callbackAddress, hiddenMark) : text));
  const masked = (value: Json): Json => {
    if (typeof value === "string") return cover(value);
    if (typeof value === "number") return covers.has(String(value)) ? hiddenMark : value;
    if (Array.isArray(value)) return value.map(masked);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [cover(name), masked(inner)]));
  };
  // Shapes stay; only what is written in them changes.
  return (value) => masked(value) as typeof value;
}

/** Whether addresses of waits may stand in its runs. */
export function givesCallbacks(spec: Spec): boolean {
  const nodes = allNodes(spec);
  return (
    nodes.some(({ type }) => stepDefinition(type)?.awaitsCallback !== undefined) &&
    JSON.stringify(nodes).includes("run.callback")
  );
}

/** Of every try: what was recorded of a failed one is only what it said. */
function errorsOf({ error, attempts }: RecordedValues): Json[] {
  const tried = Array.isArray(attempts) ? attempts : [];
  return [error, ...tried.map((each) => asObject(each)["error"] ?? null)];
}

/** What a service said when it failed is a part of its answer. */
function collectQuotes(covers: Covers, row: RecordedValues): void {
  for (const error of errorsOf(row)) {
    const quote = quoteOf(error);
    if (quote) covers.set(quote.text, quote.shows);
  }
}

function collectAt(covers: Covers, row: RecordedValues, path: string): void {
  const side = sideOf(path);
  const parts = partsOf(path);
  const from = [
    ...(side === "output" ? [] : [row.input]),
    ...(side === "input" ? [] : [row.output, asObject(row.error)["body"] ?? null]),
  ];
  for (const part of from) for (const value of valuesAt(part, parts)) collect(covers, value);
}

/** `shows`: instead of the text itself; of what lies in it nothing is. */
function collect(covers: Covers, value: Json, shows = hiddenMark): void {
  if (typeof value === "string" || typeof value === "number") {
    const text = String(value);
    if (text.length >= shortestFollowed) covers.set(text, shows);
  } else if (typeof value === "object" && value !== null)
    for (const inner of Object.values(value)) collect(covers, inner);
}
