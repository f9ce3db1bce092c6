import { decisionsAnswerSchema, decisionsBodySchema } from "@/core/contracts/decisions-rest";
import { defineRoute } from "@/server/api/rest/route";
import { decideMany } from "./service";

export const decisionsRoute = defineRoute({
  method: "POST",
  path: "/api/v1/approvals/decisions",
  family: "runs",
  scope: "approvals:decide",
  summary:
    "Decide up to 50 approvals in one call, each by itself: what is refused for one changes nothing for the others. The answer says what came of each.",
  idempotent: true,
  body: decisionsBodySchema,
  response: decisionsAnswerSchema,
  async handler({ actor, body }) {
    const results = await decideMany(actor, body.approvals, {
      decision: body.decision,
      via: actor.via === "ui" ? "ui" : "api",
      ...(body.comment === undefined ? {} : { comment: body.comment }),
      ...(body.message_to_requester === undefined ? {} : { messageToRequester: body.message_to_requester }),
    });
    const count = (...which: string[]): number => results.filter(({ result }) => which.includes(result)).length;
    return {
      body: {
        results: results.map((each) => {
          const refusal = "code" in each ? each : null;
          return {
            id: each.id,
            result: each.result,
            code: refusal?.code ?? null,
            message: refusal?.message ?? null,
            decision: refusal?.decision ?? null,
            decided_by: refusal?.decidedBy ?? null,
            decided_at: refusal?.decidedAt ?? null,
          };
        }),
        decided: count("decided"),
        voted: count("voted"),
        refused: count("refused", "already_decided"),
      },
    };
  },
});
