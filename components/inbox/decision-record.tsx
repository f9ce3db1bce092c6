import { clsx } from "clsx";
import type { ReactNode } from "react";
import type { ApprovalContext, DecisionRecord } from "@/core/contracts/approval";
import { Card } from "@/components/ui/card";
import { DottedLine } from "@/components/ui/dotted-line";
import { EvidenceMenu } from "@/components/ui/evidence-menu";
import { Facts } from "@/components/ui/facts";
import { RelativeTime } from "@/components/ui/relative-time";
import { durationWords } from "@/components/ui/time-words";
import { toneText } from "@/components/ui/tone";
import { VisibleText } from "@/components/ui/visible-text";
import { jsonWords } from "./approval-changes";
import { decisionFaces } from "./decision-chip";
import { decisionWords, viaWords } from "./decision-words";
import { voteWords } from "./vote-words";

/** What was decided, by whom, when, how and with which words; nothing while it is open. */
export function DecisionRecordCard({ context }: { context: ApprovalContext }) {
  const words = decisionWords(context);
  const { record, decidedAt } = context;
  if (words === null || record === null) return null;
  const face = decisionFaces[context.decision ?? context.status];
  const facts = factsOf(context, record);
  return (
    <Card bar={face.tone} className="mt-3 px-4 py-3">
      <div className="flex items-start gap-2">
        <face.icon size={16} aria-hidden className={clsx("mt-0.5 shrink-0", toneText[face.tone])} />
        <div className="min-w-0 flex-1">
          <p className="[overflow-wrap:anywhere]">
            {words.who !== null && `${words.who} `}
            <strong className={clsx("font-semibold", toneText[face.tone])}>{words.did}</strong>
            {words.what !== "" && ` ${words.what}`}
            {decidedAt !== null && (
              <>
                {" "}
                <RelativeTime at={decidedAt} />
              </>
            )}
            .{words.more.length > 0 && <VisibleText text={` ${words.more.join(" ")}`} />}
          </p>
          <DottedLine
            className="text-dense text-ink-2"
            parts={[
              record.onBehalfOf !== null &&
                `for ${record.onBehalfOf}${record.wasAway === true ? ", who was away" : ""}`,
              viaWords(record),
              decidedAt !== null &&
                `${durationWords(Date.parse(decidedAt) - Date.parse(context.createdAt))} after it was asked`,
            ]}
          />
          {facts.length > 0 && (
            <div className="mt-2">
              <Facts items={facts} />
            </div>
          )}
          <div className="mt-3">
            <EvidenceMenu size="dense" address={`/api/v1/approvals/${context.id}/evidence`} />
          </div>
        </div>
      </div>
    </Card>
  );
}

function factsOf(context: ApprovalContext, record: DecisionRecord): { label: string; value: ReactNode }[] {
  const { comment, votes, requestedBy } = context;
  const said = [
    ["Before that", votes.length === 0 ? null : votes.map(voteWords).join(" ")],
    ["Comment", comment],
    [`Message to ${requestedBy ?? "the requester"}`, record.messageToRequester],
  ] as const;
  const facts: { label: string; value: ReactNode }[] = said.flatMap(([label, value]) =>
    value === null || value === "" ? [] : [{ label, value }],
  );
  return record.edits.length === 0 ? facts : [...facts, { label: "Changed", value: <Edits edits={record.edits} /> }];
}

/** What whoever decided changed while approving, and what it was before. */
function Edits({ edits }: { edits: DecisionRecord["edits"] }) {
  return (
    <ul className="flex flex-col gap-1">
      {edits.map(({ path, label, was, now }) => (
        <li key={path}>
          <span className="font-normal">{label}</span>
          {was !== undefined && (
            <>
              {" was "}
              <del className="font-normal text-ink-2">
                <VisibleText text={jsonWords(was)} />
              </del>
              ,
            </>
          )}
          {" is "}
          <ins className="no-underline">
            <VisibleText text={jsonWords(now)} />
          </ins>
        </li>
      ))}
    </ul>
  );
}
