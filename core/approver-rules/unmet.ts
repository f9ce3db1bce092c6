import type { RuleCell, RuleDocument, RuleQuestion } from "./document";
import { cellFits, cellOf } from "./decide";
import { comparable, type ReadValue } from "./read-value";

/** Looking at more than this is not worth a warning. */
const most = { values: 2_000, pieces: 50_000, piecesOfRow: 1_000 };

/** A column's part of a row: which of its values fit, a bit for each. */
type Box = readonly bigint[];

/**
 * The numbers (from 1) of rows that no request can ever meet: what they ask is impossible, or rows above them take it all. Each column is
 * cut into as many values as its cells tell apart, so that a row is a box, and what rows above it leave of it is worked out piece by piece.
 * Never names a row that can be met; of very large or tangled tables it may leave one out.
 */
export function unmetRows({ questions, rows }: RuleDocument): number[] {
  const columns = questions.map((question) => {
    const cells = rows.map((row) => cellOf(row, question));
    return { cells, values: tellingValues(question, cells) };
  });
  if (columns.reduce((sum, { values }) => sum + values.length, 0) > most.values) return [];
  const bits = columns.map(({ cells, values }) => cells.map((cell) => bitsOf(cell, values)));
  const boxes = rows.map((_row, index): Box => bits.map((column) => column[index] ?? 0n));
  let pieces = 0;
  return boxes.flatMap((box, index) => {
    let left: Box[] = box.some((part) => part === 0n) ? [] : [box];
    for (const above of boxes.slice(0, index)) {
      if (left.length === 0) break;
      left = left.flatMap((piece) => without(piece, above));
      pieces += left.length;
      if (pieces > most.pieces || left.length > most.piecesOfRow) return [];
    }
    return left.length === 0 ? [index + 1] : [];
  });
}

function bitsOf(cell: RuleCell | null, values: readonly ReadValue[]): bigint {
  const all = (1n << BigInt(values.length)) - 1n;
  if (cell === null) return all;
  if (cell.is === "one_of" || cell.is === "none_of") {
    const named = new Set<ReadValue>(cell.values.map(comparable));
    const bits = values.reduce<bigint>((sum, value, at) => (named.has(value) ? sum | (1n << BigInt(at)) : sum), 0n);
    return cell.is === "one_of" ? bits : all & ~bits;
  }
  return values.reduce<bigint>((sum, value, at) => (cellFits(cell, value) ? sum | (1n << BigInt(at)) : sum), 0n);
}

/** The parts of a box outside another one. */
function without(box: Box, other: Box): Box[] {
  if (box.some((part, column) => (part & (other[column] ?? 0n)) === 0n)) return [box];
  return box.flatMap((part, column) => {
    const outside = part & ~(other[column] ?? 0n);
    if (outside === 0n) return [];
    return [
      box.map((each, place) => (place < column ? each & (other[place] ?? 0n) : place === column ? outside : each)),
    ];
  });
}

/** One value of each part into which the cells of a column cut all there are. */
function tellingValues(question: RuleQuestion, cells: readonly (RuleCell | null)[]): ReadValue[] {
  if (question.type === "choice") return [...new Set(question.choices.map(comparable))];
  if (question.type === "text") return tellingTexts(cells);
  return tellingNumbers(cells, question.type === "money");
}

function tellingTexts(cells: readonly (RuleCell | null)[]): string[] {
  const named = new Set(
    cells.flatMap((cell) => (cell?.is === "one_of" || cell?.is === "none_of" ? cell.values.map(comparable) : [])),
  );
  let other = "any other text";
  while (named.has(other)) other += "!";
  return [...named, other];
}

function tellingNumbers(cells: readonly (RuleCell | null)[], isAmount: boolean): number[] {
  const ends = [...new Set(cells.flatMap(endsOf))].sort((one, other) => one - other);
  const [first] = ends;
  const last = ends.at(-1);
  if (first === undefined || last === undefined) return [0];
  const between = ends.slice(1).map((end, place) => ((ends[place] ?? end) + end) / 2);
  const all = [first - 1, ...ends, ...between, last + 1, ...(isAmount && first > 0 ? [0] : [])];
  return [...new Set(isAmount ? all.filter((value) => value >= 0) : all)];
}

function endsOf(cell: RuleCell | null): number[] {
  switch (cell?.is) {
    case "from":
      return [cell.from];
    case "over":
      return [cell.over];
    case "up_to":
      return [cell.to];
    case "between":
      return [cell.from, cell.to];
    default:
      return [];
  }
}
