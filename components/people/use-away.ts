"use client";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/trpc";
import { awayWords } from "./away-words";

/** Who is away now, in words ("away until 4 Dec, 09:00"), by user id. Nobody until it is known. */
export function useAway(): ReadonlyMap<string, string> {
  const api = useTRPC();
  const absences = useQuery(api.absences.list.queryOptions());
  const items = absences.data?.items;
  return useMemo(
    () => new Map((items ?? []).filter((each) => each.is_away).map(({ user, until }) => [user.id, awayWords(until)])),
    [items],
  );
}
