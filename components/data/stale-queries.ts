import { liveKinds, lookersKind, type LiveChange } from "@/core/contracts/live";
import { readId } from "@/core/ids";

type Topic = "runs" | "workflow" | "conversation" | "notices" | "people" | "presence" | "mailbox";

/** What the answer of a procedure, or of all those of a module, is made of. A procedure that is not named may be made of anything. */
const madeOf: ReadonlyMap<string, readonly Topic[]> = new Map<string, readonly Topic[]>([
  ["absences", ["people"]],
  ["approvals", ["runs", "people"]],
  ["approverRules", ["people", "workflow"]],
  // What is shown stays; what came since is counted, and shown when somebody asks.
  ["audit.newer", ["runs", "workflow", "conversation"]],
  ["audit", []],
  ["calendars", ["people", "workflow"]],
  ["connections", []],
  ["console", ["runs", "conversation"]],
  ["contacts", ["conversation"]],
  ["console.canned", []],
  ["conversations", ["runs", "conversation"]],
  ["decisionLinks", ["runs"]],
  // The builder's own sync keeps its draft.
  ["drafts.open", []],
  ["drafts", ["workflow"]],
  ["files", []],
  ["inbox.lookers", ["presence"]],
  ["inbox", ["runs", "conversation", "people"]],
  ["library.firstSteps", ["runs", "workflow"]],
  ["library.templates", []],
  ["library.templateChoices", []],
  ["library", ["workflow"]],
  ["mailbox", ["mailbox"]],
  ["members", ["people"]],
  ["notices.emailChoice", []],
  ["notices", ["runs", "notices"]],
  ["organizations", []],
  ["requests", ["runs"]],
  ["runs", ["runs"]],
  ["testing", ["runs", "workflow"]],
  ["triggers.intake", []],
  ["triggers.operational", ["workflow"]],
  ["triggers.requests", ["workflow"]],
  ["triggers", ["runs", "workflow"]],
  ["workflows", ["runs", "workflow"]],
]);
const topicOf: ReadonlyMap<string, Topic> = new Map<string, Topic>([
  [liveKinds.runs, "runs"],
  ["workflow", "workflow"],
  ["conversation", "conversation"],
  ["notices", "notices"],
  ["people", "people"],
  ["mailbox", "mailbox"],
  [lookersKind, "presence"],
]);

/** Whether a query's answer may be another one after the change. `queryKey` is tRPC's: the path, then the input. */
export function isStaleAfter({ runIds, kinds }: LiveChange): (queryKey: readonly unknown[]) => boolean {
  const runs = new Set(runIds);
  const topics = new Set<Topic>();
  let anything = false;
  for (const kind of kinds) {
    const topic = topicOf.get(kind);
    if (topic) topics.add(topic);
    // Named runs are told by their ids, named drafts and conversations have listeners of their own.
    else if (!kind.includes(":") && kind !== "run") anything = true;
  }
  return (queryKey) => {
    const path = pathOf(queryKey);
    const made = madeOf.get(path.join(".")) ?? madeOf.get(path[0] ?? "");
    if (made?.length === 0) return false;
    if (anything || made === undefined) return anything || runs.size > 0 || topics.size > 0;
    if (made.some((topic) => topics.has(topic))) return true;
    if (runs.size === 0 || !made.includes("runs")) return false;
    const shown = runOf(path, queryKey);
    return shown === null || runs.has(shown);
  };
}

function pathOf([path]: readonly unknown[]): string[] {
  return Array.isArray(path) ? path.map(String) : [];
}

/** The one run that a query is about, as its uuid; null when it is about more. */
function runOf(path: readonly string[], [, options]: readonly unknown[]): string | null {
  if (typeof options !== "object" || options === null || !("input" in options)) return null;
  const { input } = options;
  if (typeof input !== "object" || input === null) return null;
  const isOneRun = path.join(".") === "runs.get" && "id" in input && typeof input.id === "string";
  if (isOneRun) return readId("run", String(input.id));
  return "runId" in input && typeof input.runId === "string" ? readId("run", input.runId) : null;
}
