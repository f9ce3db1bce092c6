import { quoted, type Consequence } from "@/core/workflow/consequence";
import type { SubworkflowConfig } from "./definition";

export const subworkflowConsequence: Consequence<SubworkflowConfig> = ({ config }) =>
  `runs the workflow ${quoted(config.workflow) ?? "that it names"}`;
