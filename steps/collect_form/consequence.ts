import { quoted, type Consequence } from "@/core/workflow/consequence";
import { assigneeList, assigneeWords } from "@/core/workflow/waiting-fields";
import type { CollectFormConfig } from "./definition";

export const collectFormConsequence: Consequence<CollectFormConfig> = ({ config, known }) => {
  const who = config.assignTo === undefined ? "the customer" : assigneeWords(assigneeList(config.assignTo, ""));
  return `asks ${who} to fill in ${quoted(known(config.title)) ?? "a form"}`;
};
