import { useEffect, useRef } from "react";
import { ResultNotice } from "../result-notice";
import type { DecisionResult } from "../use-decision";

/** Why an answer was not taken. It comes into sight: what was pressed may be far below. */
export function AnswerProblem({ problem }: { problem: DecisionResult | null }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem !== null) place.current?.scrollIntoView({ block: "nearest" });
  }, [problem]);
  return <div ref={place}>{problem !== null && <ResultNotice result={problem} />}</div>;
}
