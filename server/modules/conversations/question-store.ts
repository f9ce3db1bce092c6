import type { JsonObject } from "@/core/json";
import type { Transaction } from "@/server/db/transaction";

/**
 * What the customer writes while an approval waits for their answer is that answer: true where it was. Before the message is kept, as the
 * run is locked before its conversation.
 */
export async function answerOpenQuestion(tx: Transaction, answer: JsonObject): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ isAnswer: boolean }[]>`
    select (answer_question(${JSON.stringify(answer)}::jsonb)->>'ok')::boolean as "isAnswer"`;
  return row?.isAnswer === true;
}
