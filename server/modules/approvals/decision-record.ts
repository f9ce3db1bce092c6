import { timeoutEffects, type DecisionRecord } from "@/core/contracts/approval";
import { isJsonObject } from "@/core/json-guard";
import type { Json, JsonObject } from "@/core/json";
import type { ApprovalRow } from "./repository";
import { inNameOf } from "@/server/modules/runs/service";
import { readResolution, type ApprovalRequest } from "./request";
import type { Closing } from "./store";

/** What may be shown of the run's values, and what they are called. */
interface Shown {
  text: (value: string | null) => string | null;
  value: (path: string, value: Json) => Json;
  label: (path: string) => string;
}

/** How an approval came to its end; null while it is open. `closing`: what the audit log says where nobody decided. */
export function decisionRecord(
  row: Pick<ApprovalRow, "status" | "outcome" | "resolution" | "resolvedByName" | "resolvedVia">,
  request: Pick<ApprovalRequest, "bound" | "facts" | "policy">,
  closing: Closing | null,
  shown: Shown,
): DecisionRecord | null {
  if (row.status === "open") return null;
  const { messageToRequester = null, edits, changes, onBehalfOf, provenBy } = readResolution(row.resolution);
  return {
    ...decider(row.resolvedByName, onBehalfOf ?? null),
    via: ways.find((way) => way === row.resolvedVia) ?? null,
    ...(provenBy ? { provenBy } : {}),
    messageToRequester: shown.text(messageToRequester),
    edits: (changes ?? editsMade(request, edits ?? {})).map(({ path, was, now }) => ({
      path,
      label: shown.label(path),
      ...(was === undefined ? {} : { was: shown.value(path, was) }),
      now: shown.value(path, now),
    })),
    timeoutEffect: row.outcome === "timed_out" && closing !== null ? timeoutEffect(closing) : null,
    cancelled:
      row.status === "cancelled" && closing !== null && closing.by !== null
        ? { by: closing.by, reason: shown.text(closing.reason) }
        : null,
  };
}

const ways = ["ui", "api", "link"] as const;

/** Everybody reads "Kim for Max" of one who decided in somebody's name. */
function decider(shownAs: string | null, onBehalfOf: { name: string; wasAway: boolean } | null) {
  if (onBehalfOf === null) return { by: shownAs, onBehalfOf: null };
  const { name, wasAway } = onBehalfOf;
  const ending = inNameOf("", name, wasAway);
  const by = shownAs?.endsWith(ending) === true ? shownAs.slice(0, -ending.length) : shownAs;
  return { by, onBehalfOf: name, ...(wasAway ? { wasAway } : {}) };
}

function timeoutEffect({ taken, step }: Closing): DecisionRecord["timeoutEffect"] {
  if (step === "waiting") return "asked_others";
  if (step === "failed") return "failed";
  return timeoutEffects.find((effect) => effect === taken) ?? null;
}

/**
 * The values that were given while approving, of a decision that does not tell its changes. What was stored is laid over the input field by field, so beside them it holds what
 * was left as it was: only what may be changed is told, and nothing that was shown as the same.
 */
function editsMade(
  { bound, facts, policy }: Pick<ApprovalRequest, "bound" | "facts" | "policy">,
  edits: JsonObject,
): { path: string; was: Json | undefined; now: Json }[] {
  const before = new Map([...facts, ...bound].map(({ path, value }) => [inputPath(path), value]));
  return [...new Set(policy.editable.map(inputPath))].flatMap((path) => {
    const now = valueAt(edits, path.split(".").slice(1));
    const was = before.get(path);
    return now === undefined || JSON.stringify(now) === JSON.stringify(was) ? [] : [{ path, was, now }];
  });
}

/** `amount`, `trigger.amount` and `input.amount` are one value. */
function inputPath(path: string): string {
  return `input.${path.replace(/^(?:input|trigger)\./, "")}`;
}

function valueAt(value: Json, [name, ...rest]: readonly string[]): Json | undefined {
  if (name === undefined) return value;
  const next = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  return next === undefined ? undefined : valueAt(next, rest);
}
