import { parseDuration } from "@/core/schedule/duration";
import type { Json } from "@/core/json";
import { assigneeWords } from "@/core/workflow/waiting-fields";

type Path = readonly (string | number)[];

/** Labels that differ from the field's own name with spaces in it. */
const labels: Readonly<Record<string, string>> = {
  actionLabel: "What is decided",
  assignTo: "Who decides",
  bindFields: "Values that are checked again",
  "concurrency.key": "Runs counted per",
  "concurrency.limit": "Runs at once",
  "concurrency.whenFull": "When it is full",
  "context.fields": "Facts",
  "context.headline": "Headline",
  cron: "Schedule",
  defaultCase: "Default",
  deliverTo: "Where it is shown",
  escalateTo: "Escalates to",
  event: "Event",
  itemName: "Name of the item",
  items: "Items",
  join: "Waits for",
  maxAgeMs: "Longest run",
  maxRetries: "Max retries",
  onError: "If it fails",
  onItemError: "If an item fails",
  onReject: "When rejected",
  onTimeout: "When time runs out",
  "policy.commentRequiredOn": "Comment required when",
  "policy.editable": "What the approver may edit",
  "policy.requesterCannotApprove": "The requester cannot approve",
  repeatable: "Safe to repeat",
  respondTimeoutMs: "Waits for the result",
  result: "Result line",
  "retry.backoff": "Delay between tries",
  "retry.maxAttempts": "Tries in total",
  "retry.retryOn": "Retried on",
  "rules.table": "Rule table",
  "rules.values": "Answers to the rule",
  schema: "Form",
  sensitive: "Sensitive values",
  timeoutHours: "Deadline",
  timeoutMs: "Timeout",
  timezone: "Time zone",
  to: "Sent to",
  tool: "Action",
  variables: "Variable",
};

/** What a field is called: its label, with the rest of the path where it has parts (`Headers: X-Trace-Id`). */
export function fieldLabel(path: Path): string {
  const names = path.map(String);
  for (let length = names.length; length > 0; length -= 1) {
    const label = labels[names.slice(0, length).join(".")];
    if (label !== undefined) return withRest(label, names.slice(length));
  }
  const [first = "", ...rest] = names;
  return withRest(spaced(first), rest);
}

/** A value in a sentence; null when it is too long to be one. */
export function valueWords(path: Path, value: Json | undefined): string | null {
  if (value === undefined || value === null) return "none";
  if (value === true) return "yes";
  if (value === false) return "no";
  const field = String(path.at(-1) ?? "");
  if (typeof value === "number") return numberWords(field, value);
  if (typeof value === "string") return textWords(field, value);
  if (Array.isArray(value)) {
    const words = value.map((item) => (typeof item === "object" ? null : valueWords(path, item)));
    const text = words.join(", ");
    return words.includes(null) || text.length > longest ? null : text === "" ? "none" : text;
  }
  return null;
}

const longest = 60;

function numberWords(field: string, value: number): string {
  if (field.endsWith("Ms") || field === "backoff" || field === "delayMs") return millisecondsWords(value);
  return field === "timeoutHours" ? plural(value, "hour") : value.toLocaleString("en-US", { maximumFractionDigits: 6 });
}

function textWords(field: string, value: string): string | null {
  if (value === "") return "empty";
  if ((field === "assignTo" || field === "escalateTo") && value.length <= longest) return assigneeWords([value]);
  if (value.startsWith("P")) {
    const milliseconds = parseDuration(value);
    if (milliseconds !== null) return millisecondsWords(milliseconds);
  }
  return value.length > longest || value.includes("\n") ? null : value;
}

const units = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1000, "second"],
] as const;

function millisecondsWords(value: number): string {
  const unit = units.find(([size]) => value >= size && value % size === 0);
  return unit === undefined ? `${value.toLocaleString("en-US")} ms` : plural(value / unit[0], unit[1]);
}

function plural(count: number, unit: string): string {
  return `${count.toLocaleString("en-US")} ${unit}${count === 1 ? "" : "s"}`;
}

/** Where a part has a number, people count from one. */
function withRest(label: string, rest: readonly string[]): string {
  const parts = rest.map((part) => (/^\d+$/.test(part) ? String(Number(part) + 1) : part));
  return parts.length === 0 ? label : `${label} ${parts.join(" ")}`;
}

function spaced(field: string): string {
  const words = field
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
