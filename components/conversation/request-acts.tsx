"use client";
import { useState } from "react";
import { maxReason, type CustomerRequest } from "@/core/contracts/request";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { RelativeTime } from "@/components/ui/relative-time";
import { Textarea } from "@/components/ui/textarea";

/** What whoever asked can do about a request. */
export interface RequestActing {
  busy: boolean;
  nudge: (runId: string) => void;
  withdraw: (runId: string, reason: string) => void;
}

/** Asks how a request stands, or takes it back. */
export function RequestActs({ request, acting }: { request: Omit<CustomerRequest, "steps">; acting: RequestActing }) {
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
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
                  acting.withdraw(id, reason.trim());
                  setAsking(false);
                }}
              >
                Withdraw
              </Button>
            </>
          }
        >
          <Field label="Why?" optional>
            {(control) => (
              <Textarea
                {...control}
                value={reason}
                maxLength={maxReason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
        </Dialog>
      )}
    </div>
  );
}
