import { Link } from "@/components/ui/link";
import type { ConsoleConversation } from "@/core/contracts/console";
import { PaneSection } from "@/components/inbox/pane-section";
import { assigneeWords } from "@/components/graph/step-face";
import { RunStatusChip } from "@/components/runs/run-status-chip";
import { Facts } from "@/components/ui/facts";
import { RelativeTime } from "@/components/ui/relative-time";
import { VisibleText } from "@/components/ui/visible-text";
import { consoleHref } from "./console-href";
import { HandBack } from "./hand-back";
import type { ConsoleActs } from "./use-console-acts";

/** Beside the thread: what a run wants, who the customer is, what runs for them and what was before. */
export function ConversationFacts({ conversation, acts }: { conversation: ConsoleConversation; acts: ConsoleActs }) {
  const { contact, handoffs, runs, earlier, claim } = conversation;
  return (
    <div className="flex flex-col gap-6">
      {handoffs.length > 0 && (
        <PaneSection title="Handed over">
          <div className="flex flex-col gap-3">
            {handoffs.map((handoff) => (
              <HandBack key={handoff.id} handoff={handoff} isMine={claim?.isMine === true} acts={acts} />
            ))}
          </div>
        </PaneSection>
      )}
      <PaneSection title="Customer">
        <Facts
          dense
          items={[
            {
              label: "Name",
              value: (
                <Link href={`/contacts/${contact.id}`} className="text-link underline underline-offset-2">
                  <VisibleText text={contact.name} />
                </Link>
              ),
            },
            ...(contact.email === null ? [] : [{ label: "E-mail", value: contact.email }]),
            ...(contact.phone === null ? [] : [{ label: "Phone", value: contact.phone }]),
            ...(contact.plan === null ? [] : [{ label: "Plan", value: contact.plan }]),
          ]}
        />
      </PaneSection>
      <PaneSection title="Runs of this conversation">
        {runs.length === 0 ? (
          <p className="text-ink-2">Nothing was started from it yet.</p>
        ) : (
          <ul className="flex flex-col">
            {runs.map((run) => (
              <li key={run.id} className="flex flex-col gap-0.5 border-b py-2 last:border-b-0">
                <span className="flex flex-wrap items-center justify-between gap-2">
                  <Link href={`/runs/${run.id}`} className="font-medium text-link underline underline-offset-2">
                    {run.workflow.name}
                  </Link>
                  <RunStatusChip status={run.status} />
                </span>
                <span className="text-dense text-ink-2">
                  {run.waitingFor !== null && (
                    <>Waits for {run.waitingFor.split(" · ").map(assigneeWords).join(" · ")} · </>
                  )}
                  <RelativeTime at={run.endedAt ?? run.createdAt} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </PaneSection>
      {earlier.length > 0 && (
        <PaneSection title="Other conversations with them">
          <ul className="flex flex-col gap-1.5">
            {earlier.map(({ id, subject, at, isOpen }) => (
              <li key={id} className="flex flex-wrap justify-between gap-2">
                <Link
                  href={consoleHref(isOpen ? "open" : "closed", id)}
                  className="min-w-0 text-link underline underline-offset-2 [overflow-wrap:anywhere]"
                >
                  <VisibleText text={subject === "" ? "Without a subject" : subject} />
                </Link>
                <span className="text-dense text-ink-2">
                  <RelativeTime at={at} />
                </span>
              </li>
            ))}
          </ul>
        </PaneSection>
      )}
    </div>
  );
}
