import type { Json } from "@/core/json";

/** One thing that differs between two documents, as people say it. Where things stand on the canvas is no difference. */
export interface DocumentChange {
  kind: "added" | "removed" | "changed";
  subject: "step" | "connection" | "trigger" | "setting" | "input";
  /** Step, trigger or setting; for a connection `from:case:to`. */
  id: string;
  /** E.g. "Approval step Manager approval was added", "Time zone of Every morning: UTC, now Asia/Jakarta". */
  text: string;
  /** The fields that differ, for the side-by-side view. */
  fields: { path: string; label: string; before: Json | null; after: Json | null }[];
}
