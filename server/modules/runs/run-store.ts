import { groupWriter, hotPool } from "@/server/db/pools";
import { createRunStore, type RunStore } from "./store";

let store: RunStore | undefined;

/** The journal of this process's database. */
export function runStore(): RunStore {
  store ??= createRunStore(hotPool(), groupWriter());
  return store;
}
