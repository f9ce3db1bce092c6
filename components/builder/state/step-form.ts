"use client";
import { createContext, useContext } from "react";
import type { SpecNode } from "@/core/workflow/document";
import type { Operation } from "@/core/workflow/edit/operation";
import type { AnyStepDefinition } from "@/core/workflow/step-definition";
import type { FieldPath } from "@/core/workflow/form-layout";
import type { LocatedNode } from "./locate-node";
import type { StepProblem } from "./step-problems";

/** The step that the panel edits, for its fields. */
export interface StepForm {
  node: SpecNode;
  definition: AnyStepDefinition | null;
  located: LocatedNode;
  readOnly: boolean;
  problems: readonly StepProblem[];
  /** One field; undefined takes it away. Edits of the same field that follow quickly are one undo step. */
  set(path: FieldPath, value: unknown): void;
  /** Several fields, and what follows from them, as one edit. */
  change(edits: readonly { path: FieldPath; value: unknown }[], more?: { also?: Operation[]; say?: string }): void;
}

export const StepFormContext = createContext<StepForm | null>(null);

export function useStepForm(): StepForm {
  const form = useContext(StepFormContext);
  if (!form) throw new Error("There is no step form around this field.");
  return form;
}
