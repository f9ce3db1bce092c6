import { refuses, type RuleDocument, type RuleOutcome } from "@/core/approver-rules/document";
import type { RuleProblem } from "@/core/approver-rules/problems";
import type { Scope } from "@/core/permissions";
import { peopleProblems, tooFew } from "./people";
import type { People } from "./rule";

const right: Scope = "approvals:decide";

/** A row of a table, or what holds otherwise, that people decide. */
interface RuleAsking {
  /** Of its document: `rows[0]`, `otherwise`. */
  path: string;
  /** `Row 1 of the rule “Spend”` */
  called: string;
  outcome: RuleOutcome;
}

/** Everybody whom a table may ask, row by row. */
export function rulesAsking(name: string, { rows, otherwise }: RuleDocument): RuleAsking[] {
  return [
    ...rows.map((outcome, index) => ({
      path: `rows[${String(index)}]`,
      called: `Row ${String(index + 1)} of the rule “${name}”`,
      outcome,
    })),
    ...(refuses(otherwise)
      ? []
      : [{ path: "otherwise", called: `The last row of the rule “${name}”`, outcome: otherwise }]),
  ];
}

/** Rows that nobody could decide: those whom they name are not there, may not decide, or are too few. */
export function rulePeopleProblems(name: string, document: RuleDocument, people: People | undefined): RuleProblem[] {
  return rulesAsking(name, document).flatMap(({ path, called, outcome }) => {
    const { assignTo, quorum, escalateTo = [] } = outcome;
    const deciders = {
      atLeast: quorum?.mode === "count" ? (quorum.n ?? 1) : 1,
      inTurn: quorum?.mode === "sequence",
    };
    const of = (subject: string, references: readonly string[], field: string): RuleProblem[] => {
      const few = tooFew(subject, references, deciders, right, { people });
      return few.length > 0
        ? few.map(({ path: place, message }) => ({
            severity: "error",
            path: `${path}.${place === "assignTo" ? field : place}`,
            message,
          }))
        : peopleProblems(subject, references, right, { people }).map((found) => ({
            ...found,
            path: `${path}.${field}`,
          }));
    };
    return [
      // That a row names nobody at all is said where the table is looked at by itself.
      ...(assignTo.length === 0 ? [] : of(called, assignTo, "assignTo")),
      ...(escalateTo.length === 0 ? [] : of(`${called}, after its time has run out,`, escalateTo, "escalateTo")),
    ];
  });
}
