"use client";
import { useMemo } from "react";
import { useBuilder } from "@/components/builder/state/use-builder";
import { countProblems, type ProblemCount } from "./problem-groups";

/** How many things stand in the Problems panel, for the toolbar. */
export function useProblemCount(): ProblemCount {
  const issues = useBuilder((state) => state.issues);
  return useMemo(() => countProblems(issues), [issues]);
}
