import { AppError } from "@/core/errors";
import { newId, readId } from "@/core/ids";
import { slugOf } from "@/core/slug-of";
import type { OrganizationId } from "@/server/db/tenant";
import type { Transaction } from "@/server/db/transaction";
import { isSlugTaken } from "./repository";

const slugPattern = /^[a-z0-9](?:[a-z0-9_-]{0,98}[a-z0-9])?$/;
/** Pages of their own under /workflows would hide a workflow of that name. */
const pageNames: ReadonlySet<string> = new Set(["new", "templates"]);
const maxNumber = 50;

/** The slug that was asked for, checked; or a free one made from the name. */
export async function chooseSlug(
  organizationId: OrganizationId,
  given: string | undefined,
  name: string,
  tx?: Transaction,
): Promise<string> {
  if (given !== undefined) {
    checkSlug(given);
    return given;
  }
  const base = freshSlug(name);
  for (let number = 1; number < maxNumber; number += 1) {
    const candidate = number === 1 ? base : `${base}-${String(number)}`;
    if (!(await isSlugTaken(organizationId, candidate, tx))) return candidate;
  }
  return `${base}-${newId().slice(-8)}`;
}

export function checkSlug(slug: string): void {
  // What reads as an id would hide the workflow that has it.
  if (slugPattern.test(slug) && readId("workflow", slug) === null && !pageNames.has(slug)) return;
  const message =
    "may hold a-z, 0-9, - and _, starts and ends with a letter or digit, has at most 100 characters, and is not the name of a page";
  throw new AppError("validation_failed", `The slug is not valid: it ${message}.`, [
    { code: "invalid_slug", severity: "error", path: "slug", message },
  ]);
}

function freshSlug(name: string): string {
  const slug = slugOf(name, "-", 80);
  return slug === "" || pageNames.has(slug) || readId("workflow", slug) !== null
    ? `workflow-${newId().slice(-8)}`
    : slug;
}
