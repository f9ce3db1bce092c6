import type { Json } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";

/** What somebody began to fill in and did not send, by the form. */
export interface DraftStore {
  read(form: string): Json;
  write(form: string, draft: Json): void;
  remove(form: string): void;
  /** Of all forms: whoever sits down next must not find them. */
  clear(): void;
}

const key = "holdpoint.drafts";

/** Kept as long as the tab is; without a storage, or where it refuses, as long as the page is. */
export function createDraftStore(storage: () => Pick<Storage, "getItem" | "setItem" | "removeItem">): DraftStore {
  let kept: Record<string, Json> | null = null;
  const all = (): Record<string, Json> => (kept ??= load(storage));
  const save = () => {
    try {
      if (Object.keys(all()).length === 0) storage().removeItem(key);
      else storage().setItem(key, JSON.stringify(all()));
    } catch {
      // Full, or not allowed here: the page itself still remembers.
    }
  };
  return {
    read: (form) => (Object.hasOwn(all(), form) ? (all()[form] ?? null) : null),
    write: (form, draft) => {
      kept = { ...all(), [form]: draft };
      save();
    },
    remove: (form) => {
      if (!Object.hasOwn(all(), form)) return;
      kept = Object.fromEntries(Object.entries(all()).filter(([each]) => each !== form));
      save();
    },
    clear: () => {
      kept = {};
      save();
    },
  };
}

/** Those of this tab. */
export const formDrafts = createDraftStore(() => sessionStorage);

function load(storage: () => Pick<Storage, "getItem">): Record<string, Json> {
  try {
    const read = JSON.parse(storage().getItem(key) ?? "{}") as Json;
    return isJsonObject(read) ? read : {};
  } catch {
    return {};
  }
}
