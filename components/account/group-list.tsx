"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { toast } from "sonner";
import type { GroupKind, MemberGroup } from "@/core/contracts/member";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { RowItem, Rows } from "@/components/ui/rows";
import { VisibleText } from "@/components/ui/visible-text";
import { GroupDialog } from "./group-dialog";
import { Section } from "./section";

/** The business roles and teams that work is given to. */
export function GroupList({
  groups,
  error,
  mayManage,
}: {
  /** Undefined while it loads. */
  groups: readonly MemberGroup[] | undefined;
  error: string | null;
  mayManage: boolean;
}) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const [editing, setEditing] = useState<{ kind: GroupKind; group: MemberGroup | null } | null>(null);
  const begin = useRef<HTMLButtonElement>(null);
  const remove = useMutation(
    api.members.removeGroup.mutationOptions({
      onSuccess: () => toast("Removed."),
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.members.pathKey() }),
    }),
  );
  return (
    <Section
      title="Business roles and teams"
      note="Groups that approvals, forms and handovers are asked of."
      actions={
        mayManage && (
          <>
            <Button ref={begin} onClick={() => setEditing({ kind: "role", group: null })}>
              New business role
            </Button>
            <Button onClick={() => setEditing({ kind: "team", group: null })}>New team</Button>
          </>
        )
      }
    >
      {error !== null && <Notice tone="failed">{error}</Notice>}
      {remove.error && <Notice tone="failed">{remove.error.message}</Notice>}
      {groups?.length === 0 && <Notice tone="quiet">There are none yet. Steps can still ask people by name.</Notice>}
      {groups !== undefined && groups.length > 0 && (
        <Rows aria-label="Business roles and teams">
          {groups.map((group) => (
            <RowItem key={`${group.kind} ${group.id}`} className="flex-wrap gap-y-2">
              <div className="min-w-0 flex-[1_1_200px] [overflow-wrap:anywhere]">
                <p className="font-medium">
                  <VisibleText text={group.name} />
                </p>
                <p className="text-dense text-ink-2">
                  {`${group.kind === "role" ? "Business role" : "Team"} · ${group.members === 1 ? "1 member" : `${String(group.members)} members`}`}
                </p>
              </div>
              {mayManage && (
                <div className="flex gap-2">
                  <Button
                    size="dense"
                    className="max-sm:min-h-11"
                    aria-label={`${group.kind === "role" ? "Rename" : "Change"} ${group.name}`}
                    onClick={() => setEditing({ kind: group.kind, group })}
                  >
                    {group.kind === "role" ? "Rename" : "Change"}
                  </Button>
                  <Button
                    size="dense"
                    className="max-sm:min-h-11"
                    aria-label={`Remove ${group.name}`}
                    busy={remove.isPending && remove.variables.id === group.id}
                    onClick={() =>
                      remove.mutate({ kind: group.kind, id: group.id }, { onSuccess: () => begin.current?.focus() })
                    }
                  >
                    Remove
                  </Button>
                </div>
              )}
            </RowItem>
          ))}
        </Rows>
      )}
      {editing !== null && <GroupDialog {...editing} onClose={() => setEditing(null)} />}
    </Section>
  );
}
