import type { LucideIcon } from "lucide-react";
import { Chip } from "./chip";
import type { Tone } from "./tone";

/** How a status looks and reads. */
export interface StatusFace {
  word: string;
  tone: Tone;
  icon: LucideIcon;
  spin?: boolean;
}

export function StatusChip({ face, title }: { face: StatusFace; title?: string }) {
  return (
    <Chip tone={face.tone} icon={face.icon} spin={face.spin} title={title}>
      {face.word}
    </Chip>
  );
}
