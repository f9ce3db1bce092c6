import { checkExpression } from "@/core/expression/check";
import { memberPaths } from "@/core/expression/member-paths";
import type { Issue, Trigger } from "@/core/workflow/document";
import { suggestion } from "@/core/nearest";
import type { TriggerDefinitions } from "@/core/workflow/trigger-definition";
import { triggerOf } from "@/core/workflow/trigger-lookup";
import { isSeenHeader, requestFields } from "@/core/workflow/trigger-request";
import { findExpressions } from "./sites";

/** Problems of all expressions of a trigger: its filter, its label, its mapping and those in fields of its type. */
export function triggerExpressionProblems(trigger: Trigger, path: string, definitions: TriggerDefinitions): Issue[] {
  const { filter, label, input } = trigger;
  // As its fields are: those of all types, whatever it is.
  const own = Object.values(definitions).flatMap(({ expressionSites }) => expressionSites?.(trigger) ?? []);
  const templates = [
    ...own.map(findExpressions),
    findExpressions({ path: "input", kind: "template", value: input }),
    findExpressions({ path: "label", kind: "template", value: label }),
  ];
  const sources = [
    ...(filter === undefined ? [] : [{ path: "filter", source: filter as unknown }]),
    ...templates.flatMap(({ found }) => found),
  ];
  return [
    ...templates.flatMap(({ broken }) =>
      broken.map((each) => issue("bad_expression", `${path}.${each.path}`, each.message)),
    ),
    ...sources.flatMap(({ path: place, source }) =>
      expressionProblems(trigger, source, `${path}.${place}`, definitions),
    ),
  ];
}

/** What arrived may hold anything, so its names are not checked; all others are. */
function expressionProblems(trigger: Trigger, source: unknown, path: string, definitions: TriggerDefinitions): Issue[] {
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
  const messages = memberPaths(source).flatMap((names) => readProblem(trigger, names, definitions) ?? []);
  return [...new Set(messages)].map((message) => issue("unknown_reference", path, message));
}

/** Names that exist in steps only: there is no run yet. */
const laterNames: ReadonlySet<string> = new Set(["step", "run", "vars", "contact", "conversation"]);

function readProblem(
  trigger: Trigger,
  [root = "", field, name]: readonly string[],
  definitions: TriggerDefinitions,
): string | null {
  const own = triggerOf(trigger, definitions);
  const known = own?.sees.trigger ?? null;
  if (laterNames.has(root))
    return `\`${root}\` is not known before the run starts. A trigger sees what arrived, under \`trigger\`.`;
  if (root === "trigger" && known !== null && field !== undefined && !known.includes(field))
    return `${called(own?.title ?? trigger.type)} has no \`trigger.${field}\`.${suggestion(field, known)} It knows ${known.join(", ")}.`;
  if (root !== "request") return null;
  if (own?.sees.request !== true) return `\`request\` is known to ${withRequest(definitions)} only.`;
  if (field !== undefined && !requestFields.some((part) => part === field))
    return `There is no \`request.${field}\`.${suggestion(field, requestFields)} A call has ${requestFields.join(", ")}.`;
  if (field !== "headers" || name === undefined) return null;
  if (!isSeenHeader(name.replaceAll("_", "-")))
    return `The header \`${name}\` is never shown to a workflow, because it may prove who sent the call.`;
  return name === name.toLowerCase() ? null : `Names of headers are in lower case: \`${name.toLowerCase()}\`.`;
}

/** "A schedule", "An event". */
function called(title: string): string {
  return `${/^[aeiou]/i.test(title) ? "An" : "A"} ${title.toLowerCase()}`;
}

function withRequest(definitions: TriggerDefinitions): string {
  const seeing = Object.values(definitions).filter(({ sees }) => sees.request);
  return seeing.map(({ title }) => `${title.toLowerCase()}s`).join(" and ");
}

function issue(code: string, path: string, message: string): Issue {
  return { code, severity: "error", path, message };
}
