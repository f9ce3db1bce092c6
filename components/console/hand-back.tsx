"use client";
import { useState, type SyntheticEvent } from "react";
import type { ConsoleHandoff } from "@/core/contracts/console";
import { forgetAskDraft, useAskDraft } from "@/components/inbox/asks/ask-draft";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { RelativeTime } from "@/components/ui/relative-time";
import { Textarea } from "@/components/ui/textarea";
import { VisibleText } from "@/components/ui/visible-text";
import type { ConsoleActs } from "./use-console-acts";

/** What a run handed over, and the way to give it back. */
export function HandBack({ handoff, isMine, acts }: { handoff: ConsoleHandoff; isMine: boolean; acts: ConsoleActs }) {
  const [open, setOpen] = useState(false);
  return (
    <Card bar={isMine ? "person" : "quiet"} className="flex flex-col gap-2 px-4 py-3">
      <h3 className="font-semibold [overflow-wrap:anywhere]">
        <VisibleText text={handoff.headline} />
      </h3>
      {handoff.detail !== null && (
        <p className="whitespace-pre-line text-ink-2 [overflow-wrap:anywhere]">
          <VisibleText text={handoff.detail} />
        </p>
      )}
      <p className="text-dense text-ink-2">
        {handoff.workflow} waits until you hand it back
        {handoff.dueAt !== null && (
          <>
            , <RelativeTime ahead at={handoff.dueAt} prefix="due " />
          </>
        )}
      </p>
      {!handoff.canAnswer && <p className="text-dense text-ink-2">{handoff.cannotAnswerReason}</p>}
      {handoff.canAnswer && !isMine && <p className="text-dense text-ink-2">Claim the conversation to hand it back.</p>}
      {handoff.canAnswer && isMine && !open && (
        <Button className="self-start" onClick={() => setOpen(true)}>
          Hand back…
        </Button>
      )}
      {handoff.canAnswer && isMine && open && <Answer handoff={handoff} acts={acts} />}
    </Card>
  );
}

function Answer({ handoff: { id }, acts }: { handoff: ConsoleHandoff; acts: ConsoleActs }) {
  const { draft, write } = useAskDraft(id);
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (acts.busy) return;
    const [resolution, note] = [draft.resolution.trim(), draft.note.trim()];
    const isDone = await acts.handBack({
      id,
      ...(resolution !== "" && { resolution }),
      ...(note !== "" && { note }),
    });
    if (isDone) forgetAskDraft(id);
  };
  return (
    <form className="flex flex-col gap-3" onSubmit={(event) => void submit(event)}>
      <Field
        label="What came of it"
        optional
        hint="The run's next steps may use it, also in what the customer is told."
      >
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={1000}
            autoFocus
            value={draft.resolution}
            onChange={(event) => write({ resolution: event.target.value })}
          />
        )}
      </Field>
      <Field label="Note" optional>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={5000}
            value={draft.note}
            onChange={(event) => write({ note: event.target.value })}
          />
        )}
      </Field>
      <Button type="submit" look="primary" busy={acts.busy} className="self-start">
        Hand back
      </Button>
    </form>
  );
}
