import type { BuilderStore } from "@/components/builder/state/builder-state";

/** What was written and not applied yet, per open builder: another tab of the page may be looked at meanwhile. */
const written = new WeakMap<BuilderStore, { text: string; base: string }>();

export function unappliedText(store: BuilderStore): { text: string; base: string } | null {
  return written.get(store) ?? null;
}

export function keepUnapplied(store: BuilderStore, kept: { text: string; base: string } | null): void {
  if (kept) written.set(store, kept);
  else written.delete(store);
}
