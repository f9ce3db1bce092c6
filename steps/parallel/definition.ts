import { z } from "zod";
import { defineStep } from "@/steps/define-step";

export const parallelDefinition = defineStep({
  type: "parallel",
  aliases: ["fan_out", "fork"],
  title: "Side by side",
  description: "Everything connected to it starts at once; a later step with several ways in joins them.",
  icon: "git-fork",
  group: "flow",
  color: "other",
  kind: "pure",
  available: true,
  canFail: false,
  implicitCase: "out",
  config: z.object({}),
  handles: () => [{ id: "out", label: "All of these", unlabelled: true }],
  summary: () => "All branches at once",
  expressionSites: () => [],
});
