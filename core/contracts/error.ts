import { z } from "zod";

/** One problem: where it is and what to do. */
export const errorDetailSchema = z.object({
  code: z.string(),
  severity: z.enum(["error", "warning"]),
  path: z.string().describe("Into the request, e.g. spec.nodes[3].expression"),
  message: z.string(),
});

/** The body of every refusal, in both route families. Further fields (e.g. `decided_by`) depend on the code. */
export const errorBodySchema = z.object({
  error: z.looseObject({
    code: z.string().describe("From a closed list; stable."),
    message: z.string().describe("What happened and what to do."),
    details: z.array(errorDetailSchema),
    requestId: z.string(),
  }),
});
