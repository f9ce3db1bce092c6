"use client";
import { useRef } from "react";
import type { AbsenceItem } from "@/core/contracts/absence";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { RowItem, Rows } from "@/components/ui/rows";
import { AbsenceLine } from "./absence-line";
import { Section } from "./section";

/** The reader's own absences, those to come too. `onNew`: null until it is known who reads. */
export function OwnAbsences({
  absences,
  error,
  onNew,
}: {
  absences: readonly AbsenceItem[];
  error: string | null;
  onNew: (() => void) | null;
}) {
  const begin = useRef<HTMLButtonElement>(null);
  return (
    <Section
      title="Out of office"
      note="While you are away, a deputy can answer what is asked of you, in your name."
      actions={
        <Button ref={begin} disabled={onNew === null} reason="Loading who you are." onClick={() => onNew?.()}>
          I am away
        </Button>
      }
    >
      {error !== null && <Notice tone="failed">{error}</Notice>}
      {absences.length > 0 && (
        <Rows aria-label="Your absences">
          {absences.map((absence) => (
            <RowItem key={absence.id}>
              <AbsenceLine absence={absence} mayEnd onEnded={() => begin.current?.focus()} />
            </RowItem>
          ))}
        </Rows>
      )}
    </Section>
  );
}
