import { quoted, stepNamed, type Consequence } from "@/core/workflow/consequence";
import type { ServiceCallConfig } from "./definition";

const reading: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** What it asks for by name; where it has none, whom it sends something. Reading is noticed by nobody. */
export const serviceCallConsequence: Consequence<ServiceCallConfig> = (step) => {
  const { method, service } = step.config;
  if (reading.has(method)) return null;
  const where = quoted(step.known(service));
  if (step.name !== null) return `runs ${stepNamed(step, "")}${where === null ? "" : ` at ${where}`}`;
  return `${method === "DELETE" ? "deletes something at" : "sends data to"} ${where ?? "a service"}`;
};
