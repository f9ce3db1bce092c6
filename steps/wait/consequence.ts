import { durationInWords } from "@/core/schedule/duration";
import { parseInstant } from "@/core/schedule/instant";
import type { Consequence } from "@/core/workflow/consequence";
import type { WaitConfig } from "./definition";

export const waitConsequence: Consequence<WaitConfig> = ({ config, known }) => {
  if (config.duration !== undefined) {
    const duration = known(config.duration);
    return typeof duration === "string" ? `waits ${durationInWords(duration)}` : "waits for some time";
  }
  if (config.until !== undefined) {
    const until = known(config.until);
    const at = typeof until === "string" ? parseInstant(until) : null;
    return at === null ? "waits until a certain time" : `waits until ${words.format(at)} UTC`;
  }
  return "waits for an answer from another system";
};

const words = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
