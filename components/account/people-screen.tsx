"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { AbsenceItem } from "@/core/contracts/absence";
import type { MemberItem } from "@/core/contracts/member";
import { colleaguesFound } from "@/components/people/colleagues-found";
import { Page, PageHeader } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Rows } from "@/components/ui/rows";
import { SearchInput } from "@/components/ui/search-input";
import { SkeletonRows } from "@/components/ui/skeleton";
import { AbsenceDialog } from "./absence-dialog";
import { CalendarList } from "./calendar-list";
import { GroupList } from "./group-list";
import { MemberDialog } from "./member-dialog";
import { MemberRow } from "./member-row";
import { OwnAbsences } from "./own-absences";
import { Section } from "./section";

/** So many are drawn at once. */
const step = 50;

type Opened = { what: "away" | "groups"; member: MemberItem };

/** Who is here, what they are asked as, and who is away. */
export function PeopleScreen({ userId, mayManage }: { userId: string; mayManage: boolean }) {
  const api = useTRPC();
  const members = useQuery(api.members.list.queryOptions());
  const groups = useQuery(api.members.groups.queryOptions());
  const absences = useQuery(api.absences.list.queryOptions());
  const [search, setSearch] = useState("");
  const [most, setMost] = useState(step);
  const [opened, setOpened] = useState<Opened | null>(null);
  const found = colleaguesFound(members.data?.items ?? [], search);
  const own = members.data?.items.find(({ id }) => id === userId);
  const byUser = nextAbsences(absences.data?.items ?? []);
  return (
    <Page>
      <PageHeader title="People" note="Who is here, what they are asked as, who is away, and when people work." />
      <div className="flex max-w-[900px] flex-col gap-10">
        <OwnAbsences
          absences={(absences.data?.items ?? []).filter(({ user }) => user.id === userId)}
          error={absences.error?.message ?? null}
          onNew={own === undefined ? null : () => setOpened({ what: "away", member: own })}
        />
        <Section
          title="Members"
          note={
            mayManage
              ? "Change what they are asked as, or say that they are away."
              : "What they are asked as, and who is away."
          }
        >
          <SearchInput
            label="Search members"
            placeholder="Name or e-mail address"
            value={search}
            onChange={setSearch}
            className="block"
          />
          {members.data ? (
            <>
              <p aria-live="polite" className="text-dense text-ink-2">
                {found.length === 1 ? "1 member" : `${String(found.length)} members`}
              </p>
              {found.length > 0 && (
                <Rows aria-label="Members">
                  {found.slice(0, most).map((member) => (
                    <MemberRow
                      key={member.id}
                      member={member}
                      absence={byUser.get(member.id) ?? null}
                      groups={groups.data?.items ?? []}
                      onGroups={mayManage ? () => setOpened({ what: "groups", member }) : null}
                      onAway={mayManage && member.id !== userId ? () => setOpened({ what: "away", member }) : null}
                      mayEnd={mayManage && member.id !== userId}
                    />
                  ))}
                </Rows>
              )}
              {found.length > most && (
                <Button className="self-center" onClick={() => setMost(most + step)}>
                  Show more
                </Button>
              )}
            </>
          ) : members.error ? (
            <ErrorState
              title="The members did not load"
              message={members.error.message}
              onRetry={() => void members.refetch()}
            />
          ) : (
            <SkeletonRows rows={5} label="Loading the members" />
          )}
        </Section>
        <CalendarList mayManage={mayManage} />
        <GroupList groups={groups.data?.items} error={groups.error?.message ?? null} mayManage={mayManage} />
      </div>
      {opened?.what === "away" && (
        <AbsenceDialog
          member={opened.member}
          isOwn={opened.member.id === userId}
          members={members.data?.items ?? []}
          onClose={() => setOpened(null)}
        />
      )}
      {opened?.what === "groups" && (
        <MemberDialog member={opened.member} groups={groups.data?.items ?? []} onClose={() => setOpened(null)} />
      )}
    </Page>
  );
}

/** Of each person the one that lasts, or the next. */
function nextAbsences(absences: readonly AbsenceItem[]): ReadonlyMap<string, AbsenceItem> {
  return new Map([...absences].reverse().map((absence) => [absence.user.id, absence]));
}
