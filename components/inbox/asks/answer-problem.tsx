import { ResultNotice } from "../result-notice";
import type { DecisionResult } from "../use-decision";

/** Why an answer was not taken, beside what was pressed. */
export function AnswerProblem({ problem }: { problem: DecisionResult | null }) {
  return problem === null ? null : <ResultNotice result={problem} />;
}
