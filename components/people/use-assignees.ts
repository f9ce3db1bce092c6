"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/trpc";
import { assigneeOptions, type AssigneeOption } from "./assignee-refs";

/** Who can be asked in this organization. The names come a moment later; references are shown as words until then. */
export function useAssignees(): readonly AssigneeOption[] {
  const api = useTRPC();
  const members = useQuery(api.members.list.queryOptions());
  const items = members.data?.items;
  return useMemo(() => assigneeOptions(items ?? []), [items]);
}
