import type { DragEvent } from "react";
import type { JsonObject } from "@/core/json";

const mime = "application/x-holdpoint-step";

/** Puts a palette entry on the pointer, to be let go over the canvas. */
export function beginPaletteDrag(event: DragEvent, choice: { type: string; preset?: JsonObject }): void {
  event.dataTransfer.setData(mime, JSON.stringify(choice));
  event.dataTransfer.effectAllowed = "copy";
}

export function isPaletteDrag(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(mime);
}

/** What was let go; null when it is something else. */
export function readPaletteDrag(event: DragEvent): { type: string; preset?: JsonObject } | null {
  try {
    const value: unknown = JSON.parse(event.dataTransfer.getData(mime));
    if (typeof value !== "object" || value === null || !("type" in value) || typeof value.type !== "string")
      return null;
    const preset = "preset" in value && typeof value.preset === "object" && value.preset !== null ? value.preset : null;
    // Written by `beginPaletteDrag`, and parsed from JSON right here.
    return { type: value.type, ...(preset && { preset: preset as JsonObject }) };
  } catch {
    return null;
  }
}
