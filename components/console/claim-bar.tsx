"use client";
import { useState } from "react";
import type { ConsoleConversation } from "@/core/contracts/console";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/relative-time";
import { holderWords } from "./queue-words";
import type { ConsoleActs } from "./use-console-acts";
import { WordDialog } from "./word-dialog";

/** Who has the conversation, and what whoever looks can do about it. */
export function ClaimBar({ conversation, acts }: { conversation: ConsoleConversation; acts: ConsoleActs }) {
  const [asking, setAsking] = useState<"take" | "release" | null>(null);
  const { claim, mayWrite, closedAt, handedOverAt, needsAnswerSince } = conversation;
  const isCalledFor = handedOverAt !== null || needsAnswerSince !== null;
  const shut = () => setAsking(null);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <p className="mr-auto text-dense text-ink-2">
        {closedAt !== null ? (
          <>
            Closed <RelativeTime at={closedAt} />
          </>
        ) : (
          <>
            {holderWords(claim) ?? "Nobody has it"}
            {claim && (
              <>
                {" "}
                since <RelativeTime at={claim.since} />
              </>
            )}
          </>
        )}
      </p>
      {mayWrite && closedAt === null && claim === null && (
        <Button look="primary" busy={acts.busy} onClick={() => void acts.claim(null)}>
          {isCalledFor ? "Claim" : "Take over"}
        </Button>
      )}
      {mayWrite && claim?.isMine === true && (
        <Button busy={acts.busy} onClick={() => setAsking("release")}>
          Release
        </Button>
      )}
      {mayWrite && claim !== null && !claim.isMine && (
        <Button busy={acts.busy} onClick={() => setAsking("take")}>
          Take over from {claim.name}
        </Button>
      )}
      {mayWrite && closedAt === null && handedOverAt === null && claim?.isMine !== false && (
        <Button busy={acts.busy} onClick={() => void acts.close()}>
          Close
        </Button>
      )}
      {mayWrite && closedAt !== null && (
        <Button busy={acts.busy} onClick={() => void acts.reopen()}>
          Open again
        </Button>
      )}
      {asking === "release" && (
        <WordDialog
          title="Release this conversation?"
          description="It stands in the queue again, and anybody can claim it."
          label="A word for whoever takes it next"
          required={null}
          submit="Release"
          busy={acts.busy}
          onOpenChange={shut}
          onSubmit={(word) => void acts.release(word).then(shut)}
        />
      )}
      {asking === "take" && claim !== null && (
        <WordDialog
          title={`Take it over from ${claim.name}?`}
          description={`${claim.name} reads your word in the conversation's notes. The customer does not.`}
          label="Why you take it over"
          required="Say why you take it over."
          submit="Take over"
          busy={acts.busy}
          onOpenChange={shut}
          onSubmit={(word) => void acts.claim(claim.userId, word).then(shut)}
        />
      )}
    </div>
  );
}
