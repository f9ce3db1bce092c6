import { z } from "zod";
import { defineAction, defineConnector, reads } from "@/connectors/define-connector";

export const identityConnector = defineConnector({
  id: "identity",
  title: "Identity",
  description: "Finds out who somebody is.",
  icon: "user-check",
  auth: ["bearer", "header"],
  defaultConnection: "identity",
  actions: {
    verify: defineAction({
      title: "Verify a customer",
      description: "Looks up the customer behind an e-mail address and says whether their identity is proved.",
      input: z.object({ email: z.string().min(1) }),
      output: z.object({ customerId: z.string(), verified: z.boolean(), name: z.string() }),
      method: "POST",
      path: "/v1/identities/verify",
      repeatable: "safe",
      consequence: reads,
    }),
  },
});
