import type { Json, JsonObject } from "@/core/json";

export const sandboxServices = ["identity", "aml", "stripe", "shopify", "messaging"] as const;
export type SandboxService = (typeof sandboxServices)[number];

export interface SandboxCall {
  body: JsonObject;
  query: URLSearchParams;
  /** Named groups of the route's pattern, decoded. */
  params: Readonly<Record<string, string>>;
  /** The caller's idempotency key, or a fresh id: what a created thing is named after. */
  callId: string;
  now: number;
}

export interface SandboxAnswer {
  status: number;
  body: Json;
}

/** One endpoint of a fake third party. Answers depend on the request alone. */
export interface SandboxRoute {
  service: SandboxService;
  method: "GET" | "POST";
  /** Against the path below the service. */
  pattern: RegExp;
  answer(call: SandboxCall): SandboxAnswer;
}

export function ok(body: Json, status = 200): SandboxAnswer {
  return { status, body };
}

export function refuse(status: number, message: string): SandboxAnswer {
  return { status, body: { error: { message } } };
}

export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
