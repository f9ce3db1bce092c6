import { z } from "zod";
import { admittedObject } from "./admitted-json";

/** A customer or requester: somebody without an account. */
export const contactSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  plan: z.string().nullable(),
  data: z.record(z.string(), z.json()),
  created_at: z.string(),
});
export type ContactItem = z.output<typeof contactSchema>;

export const createContactSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  email: z.email().max(320).optional(),
  phone: z.string().trim().min(3).max(40).optional(),
  plan: z.string().max(100).optional(),
  data: admittedObject.optional(),
});
export type CreateContact = z.output<typeof createContactSchema>;

/** What people may correct; null: there is none. */
export const changeContactSchema = z.strictObject({
  name: createContactSchema.shape.name,
  email: createContactSchema.shape.email.unwrap().nullable(),
  phone: createContactSchema.shape.phone.unwrap().nullable(),
});
export type ChangeContact = z.output<typeof changeContactSchema>;
