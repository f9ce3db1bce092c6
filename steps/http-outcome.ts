import { asObject, type Json, type JsonObject } from "@/core/json";
import type { StepError } from "@/core/step-error";
import type { PlanNode } from "@/core/engine/plan";
import type { HttpResponse, StepOutcome } from "@/core/ports";
import { shortened, type ServiceAnswer } from "@/core/service-answer";
import { cutText } from "@/core/storable-text";
import { asText } from "./outcome";
import { retryAfter, retryAfterWords } from "./retry-after";

/** What a call that gave no complete answer means. An unsafe step never goes on by itself when it may have acted. */
export function callFailed(
  { error, warnings = [] }: { error: StepError; warnings?: string[] },
  node: Pick<PlanNode, "repeatable">,
): StepOutcome {
  const told = warnings.length === 0 ? {} : { warnings };
  if (node.repeatable === "unsafe" && error.outcomeUnknown === true) {
    return {
      kind: "failed",
      ...told,
      reason: "unsafe_unknown_outcome",
      error: {
        ...error,
        retryable: false,
        message: `${error.message} It is not known whether the call took effect; find out at the receiver before going on.`,
      },
    };
  }
  return { kind: "failed", error, ...told };
}

/** What an answer means: `output` makes the step's output of the body of a good one. */
export function answerOutcome(
  response: HttpResponse,
  now: number,
  output: (body: Json) => { ok: true; output: Json } | { ok: false; error: string },
): StepOutcome {
  const { status, headers, body, problem, warnings } = response;
  const refused = statusError(response, now);
  const told = warnings ? { warnings } : {};
  if (refused) return { kind: "failed", error: refused, ...told };
  const answer: ServiceAnswer = { status, headers, body: shortened(body) };
  if (problem) return { kind: "failed", error: { ...problem, class: "other", retryable: false, answer }, ...told };
  const mapped = output(body);
  if (!mapped.ok)
    return {
      kind: "failed",
      error: { code: "unexpected_response", message: mapped.error, class: "other", retryable: false, answer },
      ...told,
    };
  return { kind: "completed", output: mapped.output, response: { status, headers }, ...told };
}

/** Null for 2xx; otherwise the error that a status stands for. */
function statusError(response: HttpResponse, now: number): StepError | null {
  const { status, headers } = response;
  if (status >= 200 && status < 300) return null;
  const answer: ServiceAnswer = { status, headers, body: shortened(response.body) };
  if (status >= 300 && status < 400)
    return { code: "http_3xx", class: "other", retryable: false, message: redirectWords(status, headers), answer };
  const said = whatItSaid(response.body);
  const asked = retryAfter(headers["retry-after"], now);
  const message = `The service answered ${String(status)}${said === "" ? "" : `: ${said}`}${asked === null ? "" : ` ${retryAfterWords(asked)}`}`;
  const later = asked === null ? {} : { retryAfterMs: asked.waitMs };
  if (status === 429) return { code: "http_429", class: "429", message, ...later, answer };
  if (status >= 500) return { code: "http_5xx", class: "5xx", message, ...later, answer };
  return { code: "http_4xx", class: "4xx", message, ...later, answer };
}

function redirectWords(status: number, headers: Record<string, string>): string {
  if (status === 304)
    return "The service answered 304: nothing has changed since the state that the request names. Leave out its If-None-Match or If-Modified-Since header to get the content.";
  const to = headers["location"];
  const where = to === undefined || to === "" ? "without saying where to" : `to ${cutText(to, 300)}`;
  return `The service answered ${String(status)}: the address has moved, ${where}. Redirects are not followed; call the new address.`;
}

/** The sentence that services put into their errors, where there is one. */
function whatItSaid(body: Json): string {
  const { error, message, detail } = asObject(body);
  const candidates = [error, asObject(error)["message"], message, detail, body];
  const found = candidates.find((candidate) => typeof candidate === "string" && candidate !== "");
  return typeof found === "string" ? cutText(found.replace(/\s+/g, " "), 200) : "";
}

/** Texts of what is there: a header whose template met a missing value is left out. */
export function presentTexts(values: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, asText(value)]])),
  );
}
