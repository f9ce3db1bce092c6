import { createHash } from "node:crypto";
import { AppError } from "@/core/errors";

/** Checks, under the lock of a change, that what is changed is what the caller has read. Throws `precondition_failed` (412). */
export type Unchanged = (current: unknown) => void;

/** The tag of a state: `facts` are all that makes one state another. */
export function etagOf(facts: unknown): string {
  return `"${createHash("sha256").update(JSON.stringify(facts)).digest("base64url").slice(0, 22)}"`;
}

/** What `If-Match` asks for. Without the header anything may be changed. `noun`: "workflow". */
export function unchangedSince(request: Request, noun: string): Unchanged {
  const wanted = request.headers.get("if-match");
  if (wanted === null) return () => undefined;
  const tags = wanted.split(",").map((tag) => tag.trim());
  return (current) => {
    if (tags.includes("*") || tags.includes(etagOf(current))) return;
    throw new AppError(
      "precondition_failed",
      `Somebody changed this ${noun} since you read it. Get it again, look at what is new, and repeat your change with its ETag in If-Match.`,
    );
  };
}

/** The answer that shows a thing whole, with its tag. */
export function tagged<T>(body: T): { body: T; headers: Record<string, string> } {
  return { body, headers: { etag: etagOf(body) } };
}
