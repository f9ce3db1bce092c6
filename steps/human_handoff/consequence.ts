import type { Consequence } from "@/core/workflow/consequence";
import { assigneeList, assigneeWords } from "@/core/workflow/waiting-fields";
import type { HumanHandoffConfig } from "./definition";

export const humanHandoffConsequence: Consequence<HumanHandoffConfig> = ({ config }) =>
  `hands the conversation over to ${assigneeWords(assigneeList(config.assignTo, "role:operator"))}`;
