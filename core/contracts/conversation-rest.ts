import { z } from "zod";
import { createContactSchema } from "./contact";

const quickReplySchema = z.strictObject({ value: z.string().min(1).max(100), label: z.string().min(1).max(100) });

export const createConversationSchema = z.strictObject({
  contact: createContactSchema.describe("Found by e-mail address, or made"),
  subject: z.string().max(300).default(""),
  quick_replies: z.array(quickReplySchema).max(10).default([]),
});
export type CreateConversation = z.output<typeof createConversationSchema>;

export const conversationSchema = z.object({
  id: z.string(),
  subject: z.string(),
  contact: z.object({ id: z.string(), name: z.string(), email: z.string().nullable() }),
  created_at: z.string(),
  updated_at: z.string(),
});

export const conversationDetailSchema = conversationSchema.extend({
  link: z.string().nullable().describe("The customer's page; for those who may write in conversations"),
  messages: z.array(
    z.object({ id: z.string(), author: z.string(), author_name: z.string(), body: z.string(), at: z.string() }),
  ),
});
export type ConversationDetail = z.output<typeof conversationDetailSchema>;
