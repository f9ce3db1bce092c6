import { z } from "zod";
import type { Fragment } from "@/core/workflow/edit/operation";

const mark = "holdpoint/steps";
const fragmentSchema = z.object({
  [mark]: z.literal(1),
  nodes: z.array(z.record(z.string(), z.json())).max(2_000),
  edges: z.array(z.object({ from: z.string(), case: z.string(), to: z.string() })).max(20_000),
});
const key = "holdpoint:clipboard";

/** Puts steps on the clipboard as JSON: for other workflows, other tabs, and for reading. */
export function writeClipboard(fragment: Fragment): void {
  const text = JSON.stringify({ [mark]: 1, ...fragment });
  try {
    localStorage.setItem(key, text);
  } catch {
    // Full or forbidden: the system's clipboard has it.
  }
  // Only allowed on secure pages and after a gesture; our own copy serves otherwise.
  void (navigator.clipboard as Clipboard | undefined)?.writeText(text).catch(() => undefined);
}

/** Steps from the clipboard; null when it holds something else. */
export async function readClipboard(): Promise<Fragment | null> {
  const clipboard = navigator.clipboard as Clipboard | undefined;
  const system = clipboard ? await clipboard.readText().catch(() => null) : null;
  return parseFragment(system) ?? parseFragment(localStorage.getItem(key));
}

function parseFragment(text: string | null): Fragment | null {
  if (text === null || !text.includes(mark)) return null;
  try {
    const { success, data } = fragmentSchema.safeParse(JSON.parse(text));
    return success ? { nodes: data.nodes, edges: data.edges } : null;
  } catch {
    return null;
  }
}
