/** "v3"; a test runs a frozen draft, which has no number. */
export function runVersionWords(version: number): string {
  return version < 1 ? "Draft" : `v${String(version)}`;
}
