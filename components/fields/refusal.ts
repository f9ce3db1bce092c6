import type { FormField } from "./form-field";
import { placeProblems, wholeForm, type FormProblems } from "./form-problems";

/** What the server said to what was sent, as a failed call hands it over. */
export interface Refusal {
  message: string;
  data?: { details?: readonly { path: string; message: string; severity?: string }[] } | null;
}

/** The names that answers have in what is sent: details of a refusal name their places from there on. */
const senders: ReadonlySet<string> = new Set(["values", "input"]);

/** A refusal at the fields that it is about; what is about none of them stands above the form, in the server's words. */
export function refusedAt(fields: readonly FormField[], { message, data }: Refusal): FormProblems {
  const details = (data?.details ?? []).filter(({ severity }) => severity !== "warning");
  const about = details.map((detail) => ({ path: withoutSender(detail.path), message: detail.message }));
  const isAtField = (problem: { path: string; message: string }) => !(wholeForm in placeProblems(fields, [problem]));
  const placed = placeProblems(fields, about.filter(isAtField));
  const rest = about.find((problem) => !isAtField(problem))?.message;
  if (Object.keys(placed).length > 0 && rest === undefined) return placed;
  return { ...placed, [wholeForm]: rest === undefined || message.includes(rest) ? message : `${message} ${rest}` };
}

/** The refusal in whatever was thrown. */
export function refusalOf(error: unknown, otherwise: string): Refusal {
  // Calls fail with an error of tRPC, which carries the details.
  return error instanceof Error ? error : { message: otherwise };
}

function withoutSender(path: string): string {
  const [first = "", ...rest] = path.split(".");
  return senders.has(first) ? rest.join(".") : path;
}
