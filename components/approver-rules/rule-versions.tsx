"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import type { RuleDetail } from "@/core/contracts/approver-rule";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { DottedLine } from "@/components/ui/dotted-line";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowItem, Rows } from "@/components/ui/rows";
import { VisibleText } from "@/components/ui/visible-text";
import type { RuleEdit } from "./rule-edits";
import { RulePart } from "./rule-part";

interface RuleVersionsProps {
  rule: RuleDetail;
  /** Nothing unsaved would be lost. */
  mayWrite: boolean;
  onRestored: (revision: number) => void;
  onLoad: (edit: RuleEdit) => void;
}

/** Every version, newest first; an earlier one can be taken as the draft. */
export function RuleVersions({ rule, mayWrite, onRestored, onLoad }: RuleVersionsProps) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const versions = useQuery(api.approverRules.versions.queryOptions({ key: rule.key }));
  const restore = useMutation(
    api.approverRules.restore.mutationOptions({
      onSuccess: async ({ revision }, { version }) => {
        const fresh = await queryClient.query(api.approverRules.get.queryOptions({ key: rule.key }));
        onLoad({ what: "load", name: fresh.name, document: fresh.draft.document });
        onRestored(revision);
        toast(`The draft is version ${String(version)} now. It decides once it is published.`);
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.approverRules.pathKey() }),
    }),
  );
  const items = versions.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <RulePart title="Versions" note="What was asked by a version keeps it. Nothing of a version changes any more.">
      {restore.error && <Notice tone="failed">{restore.error.message}</Notice>}
      <Rows aria-label="Versions" className="max-w-[900px]">
        {items.map(({ number, note, publishedBy, publishedAt, isLive, rows }) => (
          <RowItem key={number} className="flex-wrap gap-y-1">
            <div className="min-w-0 flex-[1_1_220px] [overflow-wrap:anywhere]">
              <p className="font-medium">
                Version {number}
                {isLive && " decides"}
              </p>
              <DottedLine
                className="text-dense text-ink-2"
                parts={[
                  `Published by ${publishedBy}`,
                  <RelativeTime key="at" at={publishedAt} />,
                  rows === 1 ? "1 row" : `${String(rows)} rows`,
                  note !== "" && <VisibleText key="note" text={`“${note}”`} />,
                ]}
              />
            </div>
            {mayWrite && (
              <Button
                size="dense"
                className="max-sm:min-h-11"
                aria-label={`Take version ${String(number)} as the draft`}
                busy={restore.isPending && restore.variables.version === number}
                onClick={() => restore.mutate({ key: rule.key, revision: rule.draft.revision, version: number })}
              >
                Take as draft
              </Button>
            )}
          </RowItem>
        ))}
      </Rows>
    </RulePart>
  );
}
