"use client";
import type { GoOn } from "@/core/contracts/repair";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ResultNotice } from "../result-notice";
import type { DecisionResult } from "../use-decision";
import { askedAgainWords } from "./repair-words";

interface GoOnDialogProps {
  goOn: GoOn;
  /** The run's own. */
  version: number;
  busy: boolean;
  problem: DecisionResult | null;
  onClose: () => void;
  finalFocus: () => boolean;
  /** How many more failed alike, and are not being tried already. */
  alike: number;
  onGoOn: (version: number) => void;
  onGoOnAll: (version: number) => void;
}

/** Says what going on with another version means for this run, before somebody does it. */
export function GoOnDialog({ goOn, version, alike, busy, problem, onClose, finalFocus, ...acts }: GoOnDialogProps) {
  const asked = askedAgainWords(goOn.askedAgain);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      finalFocus={finalFocus}
      title={`Go on with version ${String(goOn.version)}?`}
      description={`This run began on version ${String(version)}. What is done stays done, and no call is made twice. The step that failed, and what comes after it, follow version ${String(goOn.version)}.`}
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          {alike > 0 && (
            <Button disabled={busy} onClick={() => acts.onGoOnAll(goOn.version)}>
              The same for all {alike + 1}
            </Button>
          )}
          <Button look="primary" busy={busy} onClick={() => acts.onGoOn(goOn.version)}>
            Go on with version {goOn.version}
          </Button>
        </>
      }
    >
      {problem !== null && <ResultNotice result={problem} />}
      <div className="flex flex-col gap-2 text-dense text-ink-2">
        <p>{asked ?? "Whatever was approved stays approved: nothing of it was changed."}</p>
        {alike > 0 && (
          <p>
            “The same for all {alike + 1}” begins with this one, and goes on only when it got past the step. Those that
            cannot go on with version {goOn.version} are left out.
          </p>
        )}
      </div>
    </Dialog>
  );
}
