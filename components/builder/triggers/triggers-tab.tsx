"use client";

/** Replaced by its owner. */
export function TriggersTab() {
  return null;
}
