import { createHash, randomBytes } from "node:crypto";
import { newId } from "@/core/ids";
import { keyRing } from "@/server/auth/key-ring";
import { conversationContext } from "@/server/integrations/secrets/key-ring";
import { prisma } from "@/server/db/client";
import { demoContacts, quickReplies, type DemoContactEmail } from "./people";

export interface SeededContact {
  id: string;
  name: string;
  email: string;
  conversationId: string;
  /** Of the link /c/<token>. */
  token: string;
}

const greetings: Readonly<Partial<Record<DemoContactEmail, string>>> = {
  "jane@acme.com": "Hello Jane, thank you for being with us. What can we do for you today?",
};

/** What somebody asked a short time ago and no workflow takes: an operator finds it in the queue. */
const question = {
  from: "ada@initech.test",
  body: "Our address on last month's invoice is wrong. Can you send us a new one?",
  minutesAgo: 25,
} as const;

const cannedAnswers = [
  { name: "Hello", body: "Hello {name}, thank you for writing to us. I am looking into it." },
  { name: "Invoice sent", body: "Hello {name}, I have sent you the corrected invoice by e-mail." },
  { name: "Anything else", body: "Is there anything else that we can do for you, {name}?" },
];

/** Customers, each with one conversation. */
export async function seedConversations(organizationId: string, startedAt: Date): Promise<Map<string, SeededContact>> {
  const isFirst = (await prisma().conversation.count({ where: { organizationId } })) === 0;
  const seeded = await Promise.all(demoContacts.map((contact) => seedConversation(organizationId, contact, startedAt)));
  if (isFirst) {
    await prisma().cannedAnswer.createMany({
      data: cannedAnswers.map((answer) => ({ id: newId(), organizationId, ...answer })),
      skipDuplicates: true,
    });
    const asks = seeded.find(({ email }) => email === question.from);
    if (asks) await seedQuestion(organizationId, asks);
  }
  return new Map(seeded.map((contact) => [contact.email, contact]));
}

async function seedQuestion(organizationId: string, { conversationId, name }: SeededContact): Promise<void> {
  const createdAt = new Date(Date.now() - question.minutesAgo * 60_000);
  const id = newId(createdAt.getTime());
  const message = { id, organizationId, conversationId, author: "contact", authorName: name, createdAt };
  await prisma().message.create({ data: { ...message, body: question.body } });
  await prisma().conversation.update({
    where: { id: conversationId },
    data: { needsAnswerSince: createdAt, needsAnswerTo: id, updatedAt: createdAt },
  });
}

async function seedConversation(
  organizationId: string,
  { email, name, phone, plan }: (typeof demoContacts)[number],
  startedAt: Date,
): Promise<SeededContact> {
  const contact = await prisma().contact.upsert({
    where: { organizationId_email: { organizationId, email } },
    create: { id: newId(startedAt.getTime()), organizationId, email, name, phone, plan, createdAt: startedAt },
    update: {},
    select: { id: true },
  });
  const known = await prisma().conversation.findFirst({
    where: { organizationId, contactId: contact.id },
    select: { id: true, tokenSealed: true },
  });
  if (known)
    return {
      id: contact.id,
      name,
      email,
      conversationId: known.id,
      token: keyRing().open(known.tokenSealed, conversationContext(organizationId, known.id)),
    };
  const conversationId = newId(startedAt.getTime());
  const token = randomBytes(24).toString("base64url");
  await prisma().conversation.create({
    data: {
      id: conversationId,
      organizationId,
      contactId: contact.id,
      subject: name,
      tokenHash: createHash("sha256").update(token).digest("hex"),
      tokenSealed: keyRing().seal(token, conversationContext(organizationId, conversationId)),
      quickReplies,
      createdAt: startedAt,
    },
  });
  const body = greetings[email] ?? `Hello ${name}, how can we help?`;
  await prisma().message.create({
    data: {
      id: newId(startedAt.getTime()),
      organizationId,
      conversationId,
      author: "operator",
      authorName: "Oscar",
      body,
      createdAt: startedAt,
    },
  });
  return { id: contact.id, name, email, conversationId, token };
}
