import { isAssigneeReference } from "@/core/assignee-reference";
import { quorumFaults } from "@/core/quorum";
import { refuses, type RuleCell, type RuleDocument, type RuleOutcome, type RuleQuestion } from "./document";
import { comparable } from "./read-value";
import { unmetRows } from "./unmet";

/** Something of a table to be corrected (`error`: it cannot go live) or thought about. `path` is that of its document: `rows[2].when.amount`. */
export interface RuleProblem {
  severity: "error" | "warning";
  path: string;
  message: string;
}

/** What is wrong with a table by itself. Whether those whom it names are there is looked at where people are known. */
export function ruleProblems(document: RuleDocument): RuleProblem[] {
  const { questions, rows, otherwise } = document;
  return [
    ...(questions.length === 0 ? [wrong("questions", "Ask at least one question.")] : []),
    ...questions.flatMap((question, index) => questionProblems(question, `questions[${String(index)}]`, questions)),
    ...rows.flatMap((row, index) => {
      const path = `rows[${String(index)}]`;
      return [
        ...Object.entries(row.when).flatMap(([name, cell]) =>
          cellProblems(
            questions.find((question) => question.name === name),
            cell,
            `${path}.when.${name}`,
          ),
        ),
        ...outcomeProblems(row, path),
      ];
    }),
    ...(refuses(otherwise) ? [] : outcomeProblems(otherwise, "otherwise")),
    ...unmetRows(document).map((row): RuleProblem => ({
      severity: "warning",
      path: `rows[${String(row - 1)}]`,
      message: `Row ${String(row)} is never met: what it asks is impossible, or rows above it take all of it. Move it up, change it, or remove it.`,
    })),
  ];
}

function questionProblems(question: RuleQuestion, path: string, all: readonly RuleQuestion[]): RuleProblem[] {
  const { name, title, type } = question;
  return [
    ...(title === "" ? [wrong(`${path}.title`, "Give the question a name.")] : []),
    ...(/^[a-z][a-z0-9_]*$/.test(name)
      ? []
      : [
          wrong(
            `${path}.name`,
            `Steps give the value under this name: begin with a letter, and use small letters, digits and _ only.`,
          ),
        ]),
    ...(all.filter((other) => other.name === name).length > 1
      ? [wrong(`${path}.name`, "Two questions have this name. Give each its own.")]
      : []),
    ...(type === "money" && !/^[A-Z]{3}$/.test(question.currency)
      ? [wrong(`${path}.currency`, "Give the three letters of a currency, such as EUR.")]
      : []),
    ...(type === "choice" ? choiceProblems(question.choices, `${path}.choices`) : []),
  ];
}

function choiceProblems(choices: readonly string[], path: string): RuleProblem[] {
  const known = choices.map(comparable);
  if (known.length === 0 || known.includes("")) return [wrong(path, "Name what can be chosen, one a line.")];
  return new Set(known).size === known.length ? [] : [wrong(path, "Two choices are the same. Remove one of them.")];
}

function cellProblems(question: RuleQuestion | undefined, cell: RuleCell, path: string): RuleProblem[] {
  if (question === undefined) return [wrong(path, "There is no such question any more. Remove this condition.")];
  const isLimit = cell.is !== "one_of" && cell.is !== "none_of";
  const takesLimit = question.type === "number" || question.type === "money";
  if (isLimit !== takesLimit)
    return [wrong(path, `This does not fit a question of the type ${question.type}. Choose the condition anew.`)];
  if (cell.is === "between" && cell.from > cell.to)
    return [wrong(path, "The range ends before it begins. Exchange the two numbers.")];
  if (question.type === "money" && endsBelowZero(cell))
    return [wrong(path, "Amounts count without their sign. Give a limit of zero or more.")];
  if (cell.is !== "one_of" && cell.is !== "none_of") return [];
  const values = cell.values.map(comparable);
  if (values.length === 0 || values.includes("")) return [wrong(path, "Say which values are meant, or choose any.")];
  if (question.type !== "choice") return [];
  const choices = question.choices.map(comparable);
  const strange = cell.values.find((value) => !choices.includes(comparable(value)));
  return strange === undefined
    ? []
    : [wrong(path, `“${strange}” is none of the choices of ${question.title}. Choose one of them.`)];
}

function endsBelowZero(cell: RuleCell): boolean {
  return [
    cell.is === "from" || cell.is === "between" ? cell.from : 0,
    cell.is === "up_to" || cell.is === "between" ? cell.to : 0,
    cell.is === "over" ? cell.over : 0,
  ].some((end) => end < 0);
}

function outcomeProblems(outcome: RuleOutcome, path: string): RuleProblem[] {
  const { assignTo, quorum, timeoutHours, escalateTo = [] } = outcome;
  const strange = (references: readonly string[], field: string): RuleProblem[] =>
    references
      .filter((reference) => !isAssigneeReference(reference))
      .map((reference) =>
        wrong(
          `${path}.${field}`,
          `“${reference.slice(0, 100)}” names nobody. Choose people, teams or roles of your organization.`,
        ),
      );
  return [
    ...(assignTo.length === 0 ? [wrong(`${path}.assignTo`, "Say who decides.")] : strange(assignTo, "assignTo")),
    ...strange(escalateTo, "escalateTo"),
    ...(quorum === undefined
      ? []
      : quorumFaults(quorum, assignTo.length).map(({ path: field, message }) => wrong(`${path}.${field}`, message))),
    ...(escalateTo.length > 0 && timeoutHours === undefined
      ? [wrong(`${path}.timeoutHours`, "Others are asked when time is up, but there is no time. Say how many hours.")]
      : []),
  ];
}

function wrong(path: string, message: string): RuleProblem {
  return { severity: "error", path, message };
}

/** Which problems belong to a place, such as a cell or all of a row. */
export function problemsAt(problems: readonly RuleProblem[], place: string): RuleProblem[] {
  return problems.filter(({ path }) => path === place || path.startsWith(`${place}.`) || path.startsWith(`${place}[`));
}
