import { ok, refuse, textOf, type SandboxAnswer, type SandboxCall, type SandboxRoute } from "./route";

export const amlRoutes: readonly SandboxRoute[] = [
  { service: "aml", method: "POST", pattern: /^\/api\/aml\/screen$/, answer: screen },
];

/** A name with "match" or "sanction" in it is on the list. */
function screen({ body }: SandboxCall): SandboxAnswer {
  const name = textOf(body["applicantName"]).trim();
  if (name === "") return refuse(422, "applicantName is missing");
  const isListed = /match|sanction/i.test(name);
  return ok(
    isListed
      ? { status: "match", score: 0.93, matches: [{ list: "Sandbox watch list", name }] }
      : { status: "clear", score: 0, matches: [] },
  );
}
