"use client";
import { clsx } from "clsx";
import { PanelRight } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import type { ConsoleConversation } from "@/core/contracts/console";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { VisibleText } from "@/components/ui/visible-text";
import { ClaimBar } from "./claim-bar";
import { ConversationFacts } from "./conversation-facts";
import { Thread } from "./thread";
import { useConsoleActs } from "./use-console-acts";
import { WriteBox } from "./write-box";

/** One conversation: its thread, who has it, where to write, and what stands beside it. Give it a `key` per conversation. */
export function OpenConversation({ conversation }: { conversation: ConsoleConversation }) {
  const acts = useConsoleActs(conversation.id);
  const heading = useRef<HTMLHeadingElement>(null);
  const [showsFacts, setShowsFacts] = useState(false);
  const { contact, subject, claim, mayWrite } = conversation;
  useEffect(() => {
    // What was pressed may be gone by now.
    if (acts.done !== null && document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [acts.done]);
  return (
    <div className="md:h-full md:overflow-y-auto xl:grid xl:min-h-0 xl:grid-cols-[minmax(0,1fr)_340px] xl:overflow-visible">
      <div className={clsx("flex min-h-0 min-w-0 flex-col", showsFacts ? "xl:h-full" : "md:h-full")}>
        <header className="flex flex-col gap-2 border-b px-4 py-3">
          <div className="flex items-start justify-between gap-3">
            <div className="min-w-0">
              <h2
                ref={heading}
                tabIndex={-1}
                className="rounded-chip text-heading font-semibold [overflow-wrap:anywhere]"
              >
                <VisibleText text={contact.name} />
              </h2>
              {subject !== "" && subject !== contact.name && (
                <p className="text-ink-2 [overflow-wrap:anywhere]">
                  <VisibleText text={subject} />
                </p>
              )}
            </div>
            <Button
              look="quiet"
              aria-expanded={showsFacts}
              aria-controls="conversation-facts"
              icon={<PanelRight size={16} aria-hidden />}
              onClick={() => setShowsFacts(!showsFacts)}
              className="shrink-0 xl:hidden"
            >
              {showsFacts ? "Messages" : "Customer and run"}
            </Button>
          </div>
          <ClaimBar conversation={conversation} acts={acts} />
          {acts.problem !== null && <Notice tone="failed">{acts.problem}</Notice>}
          {acts.done !== null && <Notice tone="completed">{acts.done}</Notice>}
        </header>
        <div className={clsx("min-h-0 flex-1 flex-col", showsFacts ? "hidden xl:flex" : "flex")}>
          <Thread conversation={conversation} />
          {mayWrite && (
            <div className="border-t px-4 py-3">
              <div className="mx-auto max-w-[680px]">
                <WriteBox
                  conversationId={conversation.id}
                  customer={contact.name}
                  cannotAnswer={
                    claim !== null && !claim.isMine ? `${claim.name} has it. Take it over to answer.` : null
                  }
                  acts={acts}
                />
              </div>
            </div>
          )}
        </div>
      </div>
      <aside
        id="conversation-facts"
        aria-label="Customer and run"
        className={clsx(
          "border-hairline px-4 py-4 xl:block xl:overflow-y-auto xl:border-l",
          showsFacts ? "block" : "hidden",
        )}
      >
        <ConversationFacts conversation={conversation} acts={acts} />
      </aside>
    </div>
  );
}
