import type { SandboxAnswer } from "./route";

/** What one idempotency key has led to. */
export interface LedgerEntry {
  key: string;
  service: string;
  method: string;
  path: string;
  /** Requests that arrived. */
  physical: number;
  /** Times that the thing was really done: at most one. */
  logical: number;
  requestText: string;
  answer: SandboxAnswer | null;
}

export interface CallLedger {
  /** Counts the arrival and gives the entry of this key, new or known. */
  arrive(call: Pick<LedgerEntry, "key" | "service" | "method" | "path" | "requestText">): LedgerEntry;
  settle(entry: LedgerEntry, answer: SandboxAnswer): void;
  /** Entries whose key is, or starts with, this text; all of them without one. */
  find(key: string | null): LedgerEntry[];
}

/** The memory of the fake third parties; bounded, the oldest keys are forgotten first. */
export function createCallLedger(capacity = 20_000): CallLedger {
  const entries = new Map<string, LedgerEntry>();
  return {
    arrive(call) {
      const id = `${call.service} ${call.key}`;
      const entry = entries.get(id) ?? { ...call, physical: 0, logical: 0, answer: null };
      entry.physical += 1;
      entries.set(id, entry);
      if (entries.size > capacity) {
        const [oldest] = entries.keys();
        if (oldest !== undefined) entries.delete(oldest);
      }
      return entry;
    },
    settle(entry, answer) {
      entry.logical += 1;
      entry.answer = answer;
    },
    find: (key) =>
      [...entries.values()].filter((entry) => key === null || entry.key === key || entry.key.startsWith(`${key}:`)),
  };
}
