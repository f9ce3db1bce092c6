"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Notice } from "@/components/ui/notice";
import { RowItem, Rows } from "@/components/ui/rows";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Section } from "./section";

/** For admins: signs a member out everywhere, for instance when a laptop was lost. */
export function MemberSignIns() {
  const api = useTRPC();
  const members = useQuery(api.members.list.queryOptions());
  const end = useMutation(api.sessions.endOfMember.mutationOptions());
  const nameOf = (id: string | undefined) =>
    members.data?.items.find((member) => member.id === id)?.name ?? "The member";
  return (
    <Section
      title="Members"
      note="Sign a member out everywhere, for instance when a laptop was lost. Their API keys stay."
    >
      {end.error && <Notice tone="failed">{end.error.message}</Notice>}
      {end.isSuccess && <Notice tone="completed">{nameOf(end.variables.memberId)} is signed out everywhere.</Notice>}
      {members.data ? (
        <Rows aria-label="Members">
          {members.data.items.map((member) => (
            <RowItem key={member.id} className="flex-wrap gap-y-2">
              <div className="min-w-0 flex-[1_1_200px]">
                <p className="font-medium">{member.name}</p>
                <p className="text-dense [overflow-wrap:anywhere] text-ink-2">{`${member.email} · ${member.role}`}</p>
              </div>
              <Button
                size="dense"
                className="max-sm:min-h-11"
                busy={end.isPending && end.variables.memberId === member.id}
                onClick={() => end.mutate({ memberId: member.id })}
                aria-label={`Sign ${member.name} out everywhere`}
              >
                Sign out everywhere
              </Button>
            </RowItem>
          ))}
        </Rows>
      ) : members.error ? (
        <ErrorState
          title="The members did not load"
          message={members.error.message}
          onRetry={() => void members.refetch()}
        />
      ) : (
        <SkeletonRows rows={3} label="Loading the members" />
      )}
    </Section>
  );
}
