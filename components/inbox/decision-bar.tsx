"use client";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { useKeyHint } from "@/components/ui/letter-keys-choice";

interface DecisionBarProps {
  /** What a yes does: "Approve", "Approve & publish". */
  approve: string;
  /** Why the person looking cannot decide; null: they can. */
  refused: string | null;
  busy: boolean;
  /** Nothing is decided for a moment: the question has only just appeared, or changed. */
  resting: boolean;
  /** `A` and `R` work, and are shown. */
  keys: boolean;
  onApprove: () => void;
  onReject: () => void;
  /** What else can be done beside deciding. */
  children?: React.ReactNode;
}

/** The buttons of a decision: approve is the only filled one. */
export function DecisionBar({
  approve,
  refused,
  busy,
  resting,
  keys,
  onApprove,
  onReject,
  children,
}: DecisionBarProps) {
  const approveHint = useKeyHint("a");
  const rejectHint = useKeyHint("r");
  return (
    <div className="flex items-center gap-2 max-sm:flex-wrap">
      <Button
        look="primary"
        busy={busy}
        resting={resting}
        disabled={refused !== null}
        reason={refused}
        {...(keys ? approveHint : {})}
        onClick={onApprove}
        className="max-sm:h-12 max-sm:w-full max-sm:text-reading sm:min-w-32"
      >
        {approve} {keys && <Kbd onInk>A</Kbd>}
      </Button>
      <Button
        disabled={refused !== null || busy}
        resting={resting}
        reason={refused}
        {...(keys ? rejectHint : {})}
        onClick={onReject}
        className="max-sm:h-12 max-sm:flex-1 max-sm:text-reading sm:min-w-28"
      >
        Reject {keys && <Kbd>R</Kbd>}
      </Button>
      {children}
    </div>
  );
}
