import type { LiveRule } from "@/core/approver-rules/document";
import { suggestion } from "@/core/nearest";
import type { Issue } from "@/core/workflow/document";
import type { IndexedNode } from "@/core/workflow/spec-index";
import { fourEyes, wantsFourEyes } from "./people";
import { withOutside } from "./outside-people";
import { called, eachNode, errorAt, warningAt, type Rule, type ValidationContext } from "./rule";
import { rulePeopleProblems, rulesAsking } from "./rule-people";

/** `unknown_rule_table`, `unanswered_rule` and `no_reachable_approver` of steps whose people a table of approver rules names. */
export const approverRules: Rule = eachNode((indexed, context) => {
  const { definition, config } = indexed;
  const used = config === undefined ? null : (definition?.approverRule?.(config) ?? null);
  if (used === null || context.approverRules === undefined) return [];
  const live = context.approverRules.find(({ key }) => key === used.table);
  if (live === undefined) return [unknownTable(indexed, used.table, context.approverRules)];
  return [...valueProblems(indexed, used.values, live), ...peopleOfRows(indexed, live, context)];
});

function unknownTable(indexed: IndexedNode, table: string, known: readonly LiveRule[]): Issue {
  const hint =
    suggestion(
      table,
      known.map(({ key }) => key),
    ) || " Choose one under Settings, Approver rules, or publish it there.";
  return errorAt(
    indexed,
    "unknown_rule_table",
    "rules.table",
    `${called(indexed)} asks by the rule table "${table.slice(0, 100)}", and no table of this key is live.${hint}`,
  );
}

function valueProblems(indexed: IndexedNode, given: readonly string[], { name, document }: LiveRule): Issue[] {
  const asked = document.questions.map((question) => question.name);
  return [
    ...document.questions
      .filter((question) => !given.includes(question.name))
      .map((question) =>
        errorAt(
          indexed,
          "unanswered_rule",
          "rules.values",
          `The rule “${name}” asks for ${question.title} ("${question.name}"), and ${called(indexed)} does not say it. Give the value, such as \${input.${question.name}}.`,
        ),
      ),
    ...given
      .filter((value) => !asked.includes(value))
      .map((value) =>
        errorAt(
          indexed,
          "unanswered_rule",
          `rules.values.${value}`,
          `The rule “${name}” asks nothing of the name "${value.slice(0, 100)}".${suggestion(value, asked) || " Remove the value."}`,
        ),
      ),
  ];
}

function peopleOfRows(indexed: IndexedNode, { name, document }: LiveRule, known: ValidationContext): Issue[] {
  const { node, config, definition } = indexed;
  const asksOutside = config !== undefined && definition?.asksOutside?.(config) === true;
  const context = asksOutside && known.people !== undefined ? { ...known, people: withOutside(known.people) } : known;
  const right = definition?.answeredWith ?? null;
  const found = [
    ...rulePeopleProblems(name, document, context.people),
    ...rulesAsking(name, document)
      .filter(({ outcome }) => wantsFourEyes(node) || outcome.requesterCannotApprove === true)
      .flatMap((row) => fourEyes(row.called, row.outcome.assignTo, right, context)),
  ];
  return found.map(({ severity, message }) =>
    (severity === "error" ? errorAt : warningAt)(indexed, "no_reachable_approver", "rules.table", message),
  );
}
