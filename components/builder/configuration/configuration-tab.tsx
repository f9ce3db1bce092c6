"use client";

/** Replaced by its owner. */
export function ConfigurationTab() {
  return null;
}
