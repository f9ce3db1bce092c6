import type { RunStep } from "@/core/contracts/run";
import { isJsonObject } from "@/core/json-guard";
import type { Json } from "@/core/json";
import { Facts } from "@/components/ui/facts";

/** What a person decided, in words, above the JSON that later steps read; nothing where no decision was taken. */
export function DecisionFacts({ step }: { step: Pick<RunStep, "output"> }) {
  const facts = decisionFacts(step.output);
  return facts.length === 0 ? null : <Facts items={facts} dense />;
}

/** The facts of an output of an approval; none of anything else. */
export function decisionFacts(output: Json): { label: string; value: string }[] {
  if (!isJsonObject(output) || typeof output["decidedAt"] !== "string") return [];
  const { decision, decidedBy, comment, messageToRequester, rule } = output;
  const label = typeof decision === "string" && Object.hasOwn(labels, decision) ? labels[decision] : undefined;
  if (label === undefined) return [];
  const facts: [label: string, value: string | null][] = [
    // It names both where somebody decided in the name of another: "Kim for Max".
    [label, nameOf(decidedBy) ?? "Nobody"],
    ["Comment", text(comment)],
    ["Message to the requester", text(messageToRequester)],
    ["Why them", text(rule)],
  ];
  return facts.flatMap(([name, value]) => (value === null ? [] : { label: name, value }));
}

const labels: Readonly<Record<string, string>> = {
  approved: "Approved by",
  rejected: "Rejected by",
  timed_out: "Decided in time by",
};

function nameOf(person: Json | undefined): string | null {
  return isJsonObject(person) ? text(person["name"]) : text(person);
}

function text(value: Json | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
