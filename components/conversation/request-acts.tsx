"use client";
import { useState } from "react";
import type { CustomerRequest } from "@/core/contracts/conversation";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { RelativeTime } from "@/components/ui/relative-time";

/** What the customer can do about a request, and what came of it. */
export interface RequestActing {
  busy: boolean;
  nudge: (runId: string) => void;
  withdraw: (runId: string) => void;
}

/** Asks how a request stands, or takes it back. */
export function RequestActs({ request, acting }: { request: CustomerRequest; acting: RequestActing }) {
  const [asking, setAsking] = useState(false);
  const { id, title, mayNudge, nudgedAt, mayWithdraw } = request;
  if (!mayWithdraw) return null;
  return (
    <div className="mt-3 flex flex-wrap items-center gap-2">
      {mayNudge && (
        <Button busy={acting.busy} onClick={() => acting.nudge(id)}>
          Ask how it stands
        </Button>
      )}
      <Button look="quiet" busy={acting.busy} onClick={() => setAsking(true)}>
        Withdraw
      </Button>
      {!mayNudge && nudgedAt !== null && (
        <p className="text-dense text-ink-2">
          You asked how it stands <RelativeTime at={nudgedAt} />. Our team was reminded.
        </p>
      )}
      {asking && (
        <Dialog
          open
          onOpenChange={setAsking}
          title={`Withdraw “${title}”?`}
          description="We stop working on it. What was done already stays done. You can ask for it again at any time."
          footer={
            <>
              <Button onClick={() => setAsking(false)}>Keep it</Button>
              <Button
                look="danger"
                busy={acting.busy}
                onClick={() => {
                  acting.withdraw(id);
                  setAsking(false);
                }}
              >
                Withdraw
              </Button>
            </>
          }
        />
      )}
    </div>
  );
}
