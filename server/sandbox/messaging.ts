import { fingerprint } from "./fingerprint";
import { ok, refuse, textOf, type SandboxAnswer, type SandboxCall, type SandboxRoute } from "./route";

export const messagingRoutes: readonly SandboxRoute[] = [
  { service: "messaging", method: "POST", pattern: /^\/v1\/messages$/, answer: accept },
];

/** A provider that takes every message and delivers none. */
function accept({ body, callId }: SandboxCall): SandboxAnswer {
  const channel = textOf(body["channel"]);
  const to = textOf(body["to"]);
  if (channel === "" || to === "" || textOf(body["body"]) === "") return refuse(422, "channel, to and body are needed");
  return ok({ id: `msg_${fingerprint(callId, 12)}`, channel, to, status: "accepted" }, 202);
}
