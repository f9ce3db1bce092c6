import { quoted, type Consequence } from "@/core/workflow/consequence";
import type { EndConfig } from "./definition";

export const endConsequence: Consequence<EndConfig> = ({ config, known }) => {
  const end = config.status === "failed" ? "ends the run as failed" : "ends the run";
  const message = quoted(known(config.message), "text");
  return message === null ? end : `${end}: ${message}`;
};
