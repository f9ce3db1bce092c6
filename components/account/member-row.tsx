"use client";
import { useRef } from "react";
import type { AbsenceItem } from "@/core/contracts/absence";
import type { MemberGroup, MemberItem } from "@/core/contracts/member";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { wordsOf } from "@/components/ui/name-words";
import { RowItem } from "@/components/ui/rows";
import { VisibleText } from "@/components/ui/visible-text";
import { AbsenceLine } from "./absence-line";

interface MemberRowProps {
  member: MemberItem;
  absence: AbsenceItem | null;
  groups: readonly MemberGroup[];
  /** Null where the reader may not. */
  onGroups: (() => void) | null;
  onAway: (() => void) | null;
  mayEnd: boolean;
}

/** A member with role, business roles and teams, and whether they are away. */
export function MemberRow({ member, absence, groups, onGroups, onAway, mayEnd }: MemberRowProps) {
  const name = useRef<HTMLParagraphElement>(null);
  const roles = member.business_roles.map(
    (slug) => groups.find(({ kind, id }) => kind === "role" && id === slug)?.name ?? wordsOf(slug),
  );
  const named = [...roles, ...member.teams.map((team) => team.name)];
  return (
    <RowItem className="flex-col items-stretch! gap-y-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <div className="min-w-0 flex-[1_1_240px] [overflow-wrap:anywhere]">
          <p ref={name} tabIndex={-1} className="font-medium">
            <VisibleText text={member.name} />
          </p>
          <p className="text-dense text-ink-2">
            {[member.email, wordsOf(member.role), member.is_active ? "" : "Deactivated"].filter(Boolean).join(" · ")}
          </p>
          {named.length > 0 && (
            <ul aria-label={`What ${member.name} is asked as`} className="mt-1.5 flex flex-wrap gap-1.5">
              {named.map((each, at) => (
                <li key={`${String(at)} ${each}`}>
                  <Chip>{each}</Chip>
                </li>
              ))}
            </ul>
          )}
        </div>
        <div className="flex flex-wrap gap-2">
          {onAway !== null && member.is_active && (
            <Button
              size="dense"
              className="max-sm:min-h-11"
              aria-label={`Say when ${member.name} is away`}
              onClick={onAway}
            >
              Away
            </Button>
          )}
          {onGroups !== null && (
            <Button
              size="dense"
              className="max-sm:min-h-11"
              aria-label={`Change roles and teams of ${member.name}`}
              onClick={onGroups}
            >
              Roles and teams
            </Button>
          )}
        </div>
      </div>
      {absence !== null && <AbsenceLine absence={absence} mayEnd={mayEnd} onEnded={() => name.current?.focus()} />}
    </RowItem>
  );
}
