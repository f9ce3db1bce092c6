import { z } from "zod";

/** The event that is listened to. */
export const eventField = { event: z.string().optional() };
