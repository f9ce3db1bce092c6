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

export type Conversation = z.output<typeof conversationSchema>;

const messageOutcomeSchema = z.object({
  event_id: z.string().describe("POST /api/v1/events/{id}/redrive offers it again to those that refused it"),
  status: z
    .enum(["pending", "started", "not_taken"])
    .describe("not_taken: no workflow took it, and nothing goes on by itself; reasons says why"),
  run_ids: z.array(z.string()),
  reasons: z.array(z.string()).describe("Why workflows did not take it, a sentence each"),
});
export type MessageOutcome = z.output<typeof messageOutcomeSchema>;

export const conversationDetailSchema = conversationSchema.extend({
  link_made_at: z.string().describe("Since when the customer has the link that opens their page"),
  forms: z
    .array(
      z.object({
        id: z.string(),
        title: z.string(),
        asked_at: z.string(),
        status: z.enum(["open", "answered", "closed"]),
        answered_at: z.string().nullable(),
      }),
    )
    .describe("What the customer was asked to fill in, newest first"),
  messages: z.array(
    z.object({
      id: z.string(),
      author: z.string(),
      author_name: z.string(),
      body: z.string(),
      at: z.string(),
      outcome: messageOutcomeSchema
        .nullable()
        .describe("Of a customer's message: what became of it; null of others, and when that is not kept any more"),
    }),
  ),
});
export type ConversationDetail = z.output<typeof conversationDetailSchema>;

/** The answer to who makes a link, and to nobody else. */
export const conversationWithLinkSchema = conversationDetailSchema.extend({
  link: z
    .string()
    .describe(
      "The customer's page, shown this once. Whoever is given it counts as having answered what comes through it, so four eyes bar them from approving it",
    ),
});
export type ConversationWithLink = z.output<typeof conversationWithLinkSchema>;
