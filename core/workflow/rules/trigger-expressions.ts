import { checkExpression } from "@/core/expression/check";
import { memberPaths } from "@/core/expression/member-paths";
import type { Issue, Trigger } from "@/core/workflow/document";
import { suggestion } from "@/core/nearest";
import { isSeenHeader, requestFields } from "@/core/workflow/trigger-request";
import { findExpressions } from "./sites";

/** Problems of all expressions of a trigger: its filter, its label, its mapping and its delivery id. */
export function triggerExpressionProblems(trigger: Trigger, path: string): Issue[] {
  const { filter, label, input, deliveryId } = trigger;
  const templates = [
    findExpressions({ path: "input", kind: "template", value: input }),
    findExpressions({ path: "label", kind: "template", value: label }),
  ];
  const sources = [
    ...(filter === undefined ? [] : [{ path: "filter", source: filter as unknown }]),
    ...(typeof deliveryId === "object" && "expression" in deliveryId
      ? [{ path: "deliveryId.expression", source: deliveryId.expression as unknown }]
      : []),
    ...templates.flatMap(({ found }) => found),
  ];
  return [
    ...templates.flatMap(({ broken }) =>
      broken.map((each) => issue("bad_expression", `${path}.${each.path}`, each.message)),
    ),
    ...sources.flatMap(({ path: place, source }) => expressionProblems(trigger, source, `${path}.${place}`)),
  ];
}

/** What arrived may hold anything, so its names are not checked; all others are. */
function expressionProblems({ type }: Trigger, source: unknown, path: string): Issue[] {
  const checked = checkExpression(source, { names: "any" });
  if (!checked.ok) return [issue("bad_expression", path, checked.message)];
  const dashed =
    typeof source === "string" ? /\brequest\.headers\.([A-Za-z0-9]+(?:-[A-Za-z0-9]+)+)/.exec(source) : null;
  if (dashed)
    return [
      issue(
        "unknown_reference",
        path,
        `A name with "-" is read as a subtraction. Write request.headers["${(dashed[1] ?? "").toLowerCase()}"].`,
      ),
    ];
  const messages = memberPaths(source).flatMap((names) => readProblem(type, names) ?? []);
  return [...new Set(messages)].map((message) => issue("unknown_reference", path, message));
}

/** What a schedule knows of its tick. */
const scheduleFields = ["scheduledAt", "lastAt", "timezone"];
/** Names that exist in steps only: there is no run yet. */
const laterNames: ReadonlySet<string> = new Set(["step", "run", "vars", "contact", "conversation"]);

function readProblem(type: Trigger["type"], [root = "", field, name]: readonly string[]): string | null {
  if (laterNames.has(root))
    return `\`${root}\` is not known before the run starts. A trigger sees what arrived, under \`trigger\`.`;
  if (root === "trigger" && type === "schedule" && field !== undefined && !scheduleFields.includes(field))
    return `A schedule has no \`trigger.${field}\`.${suggestion(field, scheduleFields)} It knows ${scheduleFields.join(", ")}.`;
  if (root !== "request") return null;
  if (type !== "webhook") return "`request` is known to webhooks only.";
  if (field !== undefined && !requestFields.some((known) => known === field))
    return `There is no \`request.${field}\`.${suggestion(field, requestFields)} A call has ${requestFields.join(", ")}.`;
  if (field !== "headers" || name === undefined) return null;
  if (!isSeenHeader(name.replaceAll("_", "-")))
    return `The header \`${name}\` is never shown to a workflow, because it may prove who sent the call.`;
  return name === name.toLowerCase() ? null : `Names of headers are in lower case: \`${name.toLowerCase()}\`.`;
}

function issue(code: string, path: string, message: string): Issue {
  return { code, severity: "error", path, message };
}
