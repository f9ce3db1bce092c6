/** Up to here a document costs less to work on than to send to a thread. */
const smallValues = 400;
const smallCharacters = 12_000;

/** Whether a value is small. Looks at no more of it than it takes to know. */
export function isSmall(root: unknown): boolean {
  let values = 0;
  let characters = 0;
  const open: unknown[] = [root];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    values += 1;
    if (typeof value === "string") characters += value.length;
    else if (Array.isArray(value)) {
      if (value.length > smallValues) return false;
      for (const item of value) open.push(item ?? null);
    } else if (typeof value === "object" && value !== null)
      for (const [key, member] of Object.entries(value)) {
        characters += key.length;
        open.push(member ?? null);
        if (open.length > smallValues) return false;
      }
    if (values > smallValues || characters > smallCharacters) return false;
  }
  return true;
}
