import { z } from "zod";

/** Which of what arrives is for the workflow: of those that others set off without knowing it. */
export const filterField = {
  filter: z.union([z.string(), z.record(z.string(), z.json())]).optional(),
};
