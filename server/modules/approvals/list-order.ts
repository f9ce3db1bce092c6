import { isUuid } from "@/core/ids";
import { readTime, type ListOrder } from "@/server/api/rest/list-page";
import type { ApprovalPosition, ApprovalRow } from "./repository";

type Sorted = Pick<ApprovalRow, "id" | "dueAt" | "createdAt" | "resolvedAt">;

/** Open ones, earliest due first and those that are never due last; decided ones, newest first. */
export const approvalOrders: Readonly<Record<"pending" | "decided", ListOrder<Sorted, ApprovalPosition>>> = {
  pending: {
    length: 3,
    write: ({ dueAt, createdAt, id }) => [dueAt?.toISOString() ?? "", createdAt.toISOString(), id],
    read([dueText = "", createdText = "", id = ""]) {
      const dueAt = dueText === "" ? null : readTime(dueText);
      const createdAt = readTime(createdText);
      if ((dueAt === null && dueText !== "") || createdAt === null || !isUuid(id)) return null;
      return { view: "pending", dueAt, createdAt, id };
    },
  },
  decided: {
    length: 2,
    // What is no longer open has its time: every statement that closes an approval sets both.
    write: ({ resolvedAt, createdAt, id }) => [(resolvedAt ?? createdAt).toISOString(), id],
    read([resolvedText = "", id = ""]) {
      const resolvedAt = readTime(resolvedText);
      return resolvedAt !== null && isUuid(id) ? { view: "decided", resolvedAt, id } : null;
    },
  },
};
