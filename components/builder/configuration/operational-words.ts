import type { OperationalSettings } from "@/core/contracts/trigger";

/** Why the Active toggle cannot be used, or null. */
export function cannotSwitchReason({ publishedVersion, may }: OperationalSettings): string | null {
  if (publishedVersion === null) return "Draft workflows cannot be activated until they are published first.";
  return may.publish ? null : "Your role may not switch workflows on or off.";
}

export function activeWords({ enabled, publishedVersion }: OperationalSettings): string {
  return enabled
    ? `v${publishedVersion ?? 1} is live: its triggers start runs.`
    : "Off: nothing starts. Runs that are under way go on.";
}
