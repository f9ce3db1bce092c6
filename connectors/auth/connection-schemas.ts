import type { z } from "zod";
import { connectionSchemas } from "@/core/contracts/connection";
import { connectionAuthSchema, withoutProof } from "./definitions";

/** What makes a connection, and what changes one, with every kind of credentials there is. */
export const { create: createConnectionSchema, update: updateConnectionSchema } = connectionSchemas(
  connectionAuthSchema,
  connectionAuthSchema.default(withoutProof),
);
export type CreateConnection = z.output<typeof createConnectionSchema>;
export type UpdateConnection = z.output<typeof updateConnectionSchema>;
