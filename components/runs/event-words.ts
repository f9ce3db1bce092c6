import type { RunEventItem } from "@/core/contracts/run";
import type { Json } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { clockWords } from "@/components/ui/time-words";

/** What happened, as a sentence: "Charge card failed: The service answered 503. Next try 14:02." Zone and `now` can be held. */
export function eventWords(event: RunEventItem, now: number, timeZone?: string): string {
  const words = sentences[event.type];
  return words ? words(facts(event, now, timeZone)) : plainWords(event);
}

interface Facts {
  step: string;
  data: RunEventItem["data"];
  /** "; Try 2" where it is not the first. */
  again: string;
  error: string;
  due: string | null;
  /** ": Ordered twice", or nothing. */
  said: string;
}

const sentences: Readonly<Record<string, (facts: Facts) => string>> = {
  "run.created": ({ data }) => (data["restored_from"] ? "Run made from another run" : "Run created"),
  "run.started": () => "Run started",
  "run.restored": ({ data }) =>
    `Goes on after ${text(data["name"]) ?? "a step"}: ${steps(data["kept_steps"])} taken over from the earlier run`,
  "run.paused": () => "Run paused",
  "run.resumed": () => "Run resumed",
  "run.retried": ({ data }) =>
    typeof data["version"] === "number"
      ? `Run went on with version ${data["version"]} instead of ${Number(data["version_before"])}`
      : `Run retried${data["patch"] ? " with corrected input" : ""}`,
  "run.left_failed": ({ said }) => `Left as it is${said}`,
  "run.values_revealed": ({ step, said }) => `Hidden values of ${step} were looked at${said}`,
  "run.cancelled": ({ said }) => `Run cancelled${said}`,
  "run.completed": ({ data }) => `Run completed${Array.isArray(data["warnings"]) ? ", but came short" : ""}`,
  "run.failed": ({ error, data }) => `Run failed${error === "" ? reason(data["reason"]) : `: ${error}`}`,
  "step.started": ({ step, again }) => `${step} started${again}`,
  "step.completed": ({ step, data }) => `${step} completed${shortfall(data)}`,
  "step.failed": ({ step, error }) => `${step} failed${error === "" ? "" : `: ${error}`}`,
  "step.retry_scheduled": ({ step, error, due }) =>
    `${step} failed${error === "" ? "" : `: ${error}`}${due === null ? "" : ` · next try ${due}`}`,
  "step.repeated": ({ step }) => `${step} was interrupted and is made again`,
  "step.waiting": ({ step, data, due }) =>
    `${step} waits${waitsFor[text(data["kind"]) ?? ""] ?? ""}${due === null ? "" : ` until ${due}`}`,
  "step.skipped": ({ step }) => `${step} skipped`,
  "step.let_be": ({ step, said }) => `${step} was skipped by hand${said}`,
  "step.cancelled": ({ step }) => `${step} cancelled`,
  "approval.requested": ({ step, due }) => `${step}: decision asked for${due === null ? "" : `, due ${due}`}`,
  "approval.taken_back": ({ step }) => `${step}: the decision was taken back`,
  "approval.lapsed": ({ step }) => `${step}: a decision did not count any more`,
  "approval.first_approved": ({ step }) => `${step} was approved by the first of two people`,
  "approval.voted": ({ step, data, said }) =>
    `${step}: one of several ${data["decision"] === "rejected" ? "rejected" : "approved"} it${said}`,
  "approval.reopened": ({ step, data }) =>
    `${step} is asked again: ${isEmpty(data["changed"]) ? "what it allowed was done already" : "values changed after it was approved"}`,
  "approval.approved": ({ step, said }) => `${step} approved${said}`,
  "approval.rejected": ({ step, said }) => `${step} rejected${said}`,
  "approval.timed_out": ({ step }) => `${step}: nobody decided in time`,
  "approval.reassigned": ({ step, data, said }) => `${step} was given to ${asked(data["to"])}${said}`,
  "approval.delegated": ({ step, data, said }) => `${step}: ${asked(data["to"])} may decide it too${said}`,
  "approval.delegation_ended": ({ step, data }) => `${step}: no longer for ${asked(data["to"])} to decide`,
  "approval.info_requested": ({ step, data, said }) => `${step}: ${asked(data["to"])} was asked something${said}`,
  "approval.info_given": ({ step, data, said }) => `${step}: ${asked(data["to"])} answered${said}`,
  "approval.undecidable": ({ step }) => `${step}: nobody can decide this any more`,
  "approval.decidable": ({ step }) => `${step}: somebody can decide this again`,
  "form.undecidable": ({ step }) => `${step}: nobody who was asked can fill in the form any more`,
  "form.decidable": ({ step }) => `${step}: somebody can fill in the form again`,
  "handoff.undecidable": ({ step }) => `${step}: nobody who was asked can answer any more`,
  "handoff.decidable": ({ step }) => `${step}: somebody can answer again`,
  "form.submitted": ({ step }) => `${step}: form submitted`,
  "form.timed_out": ({ step }) => `${step}: nobody filled in the form in time`,
  "handoff.resolved": ({ step, said }) => `${step}: handed back${said}`,
  "handoff.timed_out": ({ step }) => `${step}: nobody handed back in time`,
  "callback.called": ({ step }) => `${step}: callback received`,
  "test.time_passed": ({ step }) => `${step}: the tester let its time pass`,
};

const waitsFor: Readonly<Record<string, string>> = {
  approval: " for a decision",
  form: " for a form",
  handoff: " for a person",
  callback: " for a callback",
  event: " for an event",
};

function facts({ data }: RunEventItem, now: number, timeZone?: string): Facts {
  const name = text(data["name"]) ?? text(data["node_id"]) ?? "The step";
  const item = text(data["iteration"]);
  const attempt = data["attempt"];
  const due = text(data["due_at"]);
  const said = text(data["comment"]) ?? text(data["reason"]);
  return {
    data,
    step: item === null ? name : `${name} (item ${item})`,
    again: typeof attempt === "number" && attempt > 1 ? `, try ${String(attempt)}` : "",
    error: errorMessage(data["error"]),
    due: due === null ? null : clockWords(Date.parse(due), now, timeZone),
    said: said === null ? "" : `: ${said}`,
  };
}

/** A name that this page does not know yet: `step.was_moved` -> "Step was moved". */
function plainWords({ type, data }: RunEventItem): string {
  const words = type.replaceAll(/[._]+/g, " ");
  const about = text(data["name"]) ?? text(data["nodeId"]);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${about === null ? "" : `: ${about}`}`;
}

/** What a loop came short of: ", 1 of 3 items failed". */
function shortfall({ items, failed_items: failed, gave_up: gaveUp }: RunEventItem["data"]): string {
  if (typeof items !== "number") return "";
  const lost = typeof failed === "number" && failed > 0 ? `, ${String(failed)} of ${String(items)} items failed` : "";
  return gaveUp === true ? `${lost}, gave up after ${String(items)} rounds` : lost;
}

function errorMessage(error: Json | undefined): string {
  if (!isJsonObject(error)) return "";
  return text(error["message"]) ?? "";
}

function asked(value: Json | undefined): string {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string").join(", ") : "others";
}

function reason(value: Json | undefined): string {
  const words = text(value);
  return words === null ? "" : `: ${words.replaceAll("_", " ")}`;
}

function steps(value: Json | undefined): string {
  const count = typeof value === "number" ? value : 0;
  return `${String(count)} ${count === 1 ? "step" : "steps"}`;
}

function isEmpty(value: Json | undefined): boolean {
  return Array.isArray(value) && value.length === 0;
}

function text(value: Json | undefined): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
