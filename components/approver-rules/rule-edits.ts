import {
  ruleLimits,
  type RuleCell,
  type RuleDocument,
  type RuleQuestion,
  type RuleRow,
} from "@/core/approver-rules/document";
import { cellOf } from "@/core/approver-rules/decide";
import { slugOf } from "@/core/slug-of";

/** What somebody writes on the page; `keys` tell rows apart while they are moved. */
export interface RuleWork {
  name: string;
  document: RuleDocument;
  keys: readonly number[];
}

export type RuleEdit =
  | { what: "load"; name: string; document: RuleDocument }
  | { what: "name"; name: string }
  | { what: "questions"; questions: RuleQuestion[] }
  | { what: "otherwise"; otherwise: RuleDocument["otherwise"] }
  | { what: "add" }
  | { what: "row"; at: number; row: RuleRow }
  | { what: "duplicate"; at: number }
  | { what: "move"; at: number; to: number }
  | { what: "remove"; at: number };

export function work(name: string, document: RuleDocument): RuleWork {
  return { name, document, keys: document.rows.map((_, index) => index) };
}

/** What the page shows after an edit; the very same where it changes nothing. */
export function edited(state: RuleWork, edit: RuleEdit): RuleWork {
  const { document, keys } = state;
  const { rows } = document;
  const put = (next: RuleRow[], nextKeys: readonly number[] = keys): RuleWork => ({
    ...state,
    document: { ...document, rows: next },
    keys: nextKeys,
  });
  const fresh = Math.max(-1, ...keys) + 1;
  switch (edit.what) {
    case "load":
      return work(edit.name, edit.document);
    case "name":
      return { ...state, name: edit.name };
    case "questions":
      return { ...state, document: withQuestions(document, edit.questions) };
    case "otherwise":
      return { ...state, document: { ...document, otherwise: edit.otherwise } };
    case "add":
      return rows.length >= ruleLimits.rows ? state : put([...rows, { when: {}, assignTo: [] }], [...keys, fresh]);
    case "row":
      return put(rows.map((row, index) => (index === edit.at ? edit.row : row)));
    case "duplicate": {
      const row = rows[edit.at];
      if (row === undefined || rows.length >= ruleLimits.rows) return state;
      return put(rows.toSpliced(edit.at + 1, 0, row), keys.toSpliced(edit.at + 1, 0, fresh));
    }
    case "move": {
      const [row, key] = [rows[edit.at], keys[edit.at]];
      if (row === undefined || key === undefined || edit.to < 0 || edit.to >= rows.length) return state;
      const moved = <T>(list: readonly T[], item: T): T[] => list.toSpliced(edit.at, 1).toSpliced(edit.to, 0, item);
      return put(moved(rows, row), moved(keys, key));
    }
    case "remove":
      return put(rows.toSpliced(edit.at, 1), keys.toSpliced(edit.at, 1));
  }
}

/** Rows keep what they ask of a question that stays, as long as its type takes it. */
function withQuestions(document: RuleDocument, questions: RuleQuestion[]): RuleDocument {
  const rows = document.rows.map((row) => ({
    ...row,
    when: Object.fromEntries(
      questions.flatMap((question): [string, RuleCell][] => {
        const cell = cellOf(row, question);
        return cell !== null && takes(question, cell) ? [[question.name, cell]] : [];
      }),
    ),
  }));
  return { ...document, questions, rows };
}

function takes({ type }: RuleQuestion, { is }: RuleCell): boolean {
  return (type === "number" || type === "money") === (is !== "one_of" && is !== "none_of");
}

/** A row with another cell; null is any value. */
export function withCell(row: RuleRow, name: string, cell: RuleCell | null): RuleRow {
  const others = Object.entries(row.when).filter(([other]) => other !== name);
  return { ...row, when: Object.fromEntries(cell === null ? others : [...others, [name, cell]]) };
}

/** `Cost centre` as steps and addresses write it: `cost_centre`. Empty where nothing of it can be. */
export function nameOf(title: string, joint: "_" | "-" = "_"): string {
  return slugOf(title, joint, 40).replace(/^[^a-z]+/, "");
}

/** A name that no other question has. */
export function freeName(title: string, questions: readonly RuleQuestion[]): string {
  const name = nameOf(title) || "question";
  const taken = new Set(questions.map((question) => question.name));
  for (let count = 2; ; count += 1) {
    const candidate = count === 2 ? name : `${name}_${String(count - 1)}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** "12,000.5" as a number; null while it is none. */
export function typedNumber(text: string): number | null {
  const plain = text.replaceAll(/[,\s]/g, "");
  const value = /^-?\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(value) && Math.abs(value) <= ruleLimits.limit ? value : null;
}

/** "Lyon, Paris" as a list without what is empty. */
export function typedList(text: string): string[] {
  return text
    .split(/[,\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
