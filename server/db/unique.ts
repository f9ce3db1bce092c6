/** Of Prisma, and of PostgreSQL itself. */
const codes: ReadonlySet<unknown> = new Set(["P2002", "23505"]);

/** Whether a write failed because what must exist only once exists already: somebody was faster. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && "code" in error && codes.has(error.code);
}
