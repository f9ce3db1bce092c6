/** The colours a status can have. `person` (amber) means that it is a person's turn, and nothing else is amber. */
export type Tone = "person" | "running" | "completed" | "failed" | "quiet";

export const toneTint: Record<Tone, string> = {
  person: "bg-person-tint text-person",
  running: "bg-running-tint text-running",
  completed: "bg-completed-tint text-completed",
  failed: "bg-failed-tint text-failed",
  quiet: "bg-quiet-tint text-quiet",
};

export const toneText: Record<Tone, string> = {
  person: "text-person",
  running: "text-running",
  completed: "text-completed",
  failed: "text-failed",
  quiet: "text-quiet",
};

/** The 3 px bar at the left edge of a card. */
export const toneBar: Record<Tone, string> = {
  person: "before:bg-person-solid",
  running: "before:bg-running",
  completed: "before:bg-completed",
  failed: "before:bg-failed",
  quiet: "before:bg-control",
};
