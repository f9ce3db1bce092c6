import { moneyWords } from "@/core/card-money";
import {
  refuses,
  type RuleCell,
  type RuleOtherwise,
  type RuleOutcome,
  type RuleQuestion,
  type RuleRow,
} from "./document";

/** `Amount over €10,000`, `Site Lyon or Paris`. */
export function cellWords(question: RuleQuestion, cell: RuleCell): string {
  return `${titleOf(question)} ${limitWords(question, cell)}`;
}

/** What stands in a cell: `over €10,000`. */
function limitWords(question: RuleQuestion, cell: RuleCell): string {
  const size = (value: number): string => sizeWords(question, value);
  switch (cell.is) {
    case "from":
      return `${size(cell.from)} or more`;
    case "over":
      return `over ${size(cell.over)}`;
    case "up_to":
      return `up to ${size(cell.to)}`;
    case "between":
      return `from ${size(cell.from)} to ${size(cell.to)}`;
    case "one_of":
      return listed(cell.values, "or");
    case "none_of":
      return `other than ${listed(cell.values, "or")}`;
  }
}

/** That a value says nothing which the column could compare. */
export function unknownWords(question: RuleQuestion): string {
  const title = titleOf(question);
  if (question.type === "money") return `${title} is no amount in ${question.currency} that can be told`;
  if (question.type === "number") return `${title} is no number that can be told`;
  return `${title} is ${question.type === "choice" ? "none of the choices" : "not known"}`;
}

/** What a row asks, all columns together; `anything` where it asks nothing. */
export function rowWords(questions: readonly RuleQuestion[], { when }: Pick<RuleRow, "when">): string {
  const cells = questions.flatMap((question) => {
    const cell = Object.hasOwn(when, question.name) ? when[question.name] : undefined;
    return cell === undefined ? [] : [cellWords(question, cell)];
  });
  return cells.length === 0 ? "anything" : listed(cells.map(lowerFirst), "and");
}

/** Who decides, how many of them, and on what conditions. `name`: of a reference, for people. */
export function outcomeWords(outcome: RuleOtherwise, name: (ref: string) => string): string {
  if (refuses(outcome)) return "nobody may approve it";
  const { assignTo, quorum, requesterCannotApprove, commentRequiredOn = [], timeoutHours, escalateTo = [] } = outcome;
  return [
    deciderWords(assignTo.map(name), quorum),
    ...(requesterCannotApprove === true ? ["not whoever asked for it"] : []),
    ...(commentRequiredOn.length === 0 ? [] : [`with a comment when ${listed(commentRequiredOn, "or")}`]),
    ...(timeoutHours === undefined ? [] : [`within ${hourWords(timeoutHours)}`]),
    ...(escalateTo.length === 0 ? [] : [`then ${listed(escalateTo.map(name), "or")}`]),
  ].join(", ");
}

/** A table as it asked: its version, the number of the row (null: `otherwise`), and why that row. */
interface AskedByRule {
  name: string;
  version: number;
  row: number | null;
  because: readonly string[];
}

/** Why these people are asked, in one sentence: `Asked by the rule “Spend”, version 3: amount over €10,000 and site Lyon`. */
export function ruleSentence(rule: AskedByRule): string {
  return `Asked by the rule “${rule.name}”, version ${String(rule.version)}: ${reasonWords(rule)}`;
}

/** Why nobody is asked at all. */
export function refusalSentence(rule: AskedByRule, note = ""): string {
  const what = `By the rule “${rule.name}”, version ${String(rule.version)}, nobody may approve this: ${reasonWords(rule)}.`;
  return note === "" ? what : `${what} ${note}`;
}

/** Why a row decides, or none does: `amount over €10,000 and site Lyon`. */
function reasonWords(rule: Pick<AskedByRule, "row" | "because">): string {
  const reason = rule.because.length === 0 ? "" : listed(rule.because.map(lowerFirst), "and");
  if (rule.row !== null) return reason === "" ? "whatever is asked" : reason;
  return reason === "" ? "no row fits" : `no row can be chosen, because ${reason}`;
}

/** `Manager or Finance`, `2 of Manager, Finance`, `Manager, then Finance`. */
function deciderWords(names: readonly string[], quorum: RuleOutcome["quorum"]): string {
  if (names.length === 0) return "nobody yet";
  const all = names.join(", ");
  switch (quorum?.mode) {
    case "all":
      return `everybody of ${all}`;
    case "count":
      return `${String(quorum.n ?? "some")} of ${all}`;
    case "percent":
      return `${String(quorum.n ?? "some")} percent of ${all}`;
    case "sequence":
      return names.join(", then ");
    default:
      return listed(names, "or");
  }
}

/** `a, b and c`. */
function listed(items: readonly string[], word: "and" | "or"): string {
  const last = items.at(-1) ?? "";
  return items.length < 2 ? last : `${items.slice(0, -1).join(", ")} ${word} ${last}`;
}

/** `Amount (EUR)`. */
export function questionWords(question: RuleQuestion): string {
  return question.type === "money" ? `${titleOf(question)} (${question.currency})` : titleOf(question);
}

/** What a question can be answered with. */
export function limitsOf(question: RuleQuestion): string {
  switch (question.type) {
    case "money":
      return `amounts in ${question.currency}`;
    case "choice":
      return listed(question.choices, "or");
    case "number":
      return "numbers";
    case "text":
      return "texts";
  }
}

function sizeWords(question: RuleQuestion, value: number): string {
  if (question.type === "money" && /^[A-Z]{3}$/.test(question.currency))
    return moneyWords({ currency: question.currency, amount: String(value) }).replace(/\.00$/, "");
  return value.toLocaleString("en", { maximumFractionDigits: 10 });
}

function hourWords(hours: number): string {
  const days = hours / 24;
  if (hours >= 48 && Number.isInteger(days)) return `${String(days)} days`;
  return hours === 1 ? "one hour" : `${hours.toLocaleString("en")} hours`;
}

function titleOf({ title, name }: RuleQuestion): string {
  return title === "" ? name : title;
}

/** As it stands inside a sentence; what is all capitals, such as `VAT`, stays. */
export function lowerFirst(text: string): string {
  return /^\p{Lu}(?!\p{Lu})/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
