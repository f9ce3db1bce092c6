import { z } from "zod";
import { operationsSchema } from "@/core/workflow/edit/operation";
import type { Operation } from "@/core/workflow/edit/operation";
import { triggerDefinitions } from "@/triggers/definitions";

/** Edits that the server has not confirmed. With an id: sent, maybe received. */
export interface UnsentBatch {
  batchId: string | null;
  operations: Operation[];
}

export interface UnsentStore {
  read(): UnsentBatch[];
  write(batches: readonly UnsentBatch[]): void;
}

const stored = z.array(z.object({ batchId: z.uuid().nullable(), operations: operationsSchema(triggerDefinitions) }));

/**
 * In this browser, so that a killed tab loses nothing: the next visit sends them. A tab writes under its own key; what a tab
 * that is gone left behind is taken over by whoever opens the workflow next.
 */
export function browserUnsentStore(workflowId: string, clientId: string, storage: Storage = localStorage): UnsentStore {
  const prefix = `holdpoint:unsent:${workflowId}:`;
  const own = prefix + clientId;
  return {
    read: () =>
      Object.keys(storage)
        .filter((key) => key.startsWith(prefix) && !isOpen(key.slice(prefix.length)))
        .flatMap((key) => {
          const batches = parse(storage.getItem(key));
          storage.removeItem(key);
          return batches;
        }),
    write(batches) {
      try {
        if (batches.length === 0) storage.removeItem(own);
        else storage.setItem(own, JSON.stringify(batches));
      } catch {
        // Full or forbidden: the server gets them in a moment anyway.
      }
    },
  };
}

/** Tabs of this browser that are open hold a lock of their name; a closed or killed one cannot. */
const openTabs = new Set<string>();

/** Says that this tab is open for as long as it is, and learns which others are. */
export async function announceTab(clientId: string): Promise<void> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return;
  void locks.request(lockName(clientId), () => new Promise(() => undefined));
  const { held = [] } = await locks.query();
  openTabs.clear();
  for (const { name = "" } of held) if (name.startsWith(lockName(""))) openTabs.add(name.slice(lockName("").length));
}

function isOpen(clientId: string): boolean {
  return openTabs.has(clientId);
}

function lockName(clientId: string): string {
  return `holdpoint:tab:${clientId}`;
}

function parse(text: string | null): UnsentBatch[] {
  if (text === null) return [];
  try {
    const read = stored.safeParse(JSON.parse(text));
    return read.success ? read.data : [];
  } catch {
    return [];
  }
}
