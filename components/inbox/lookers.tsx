"use client";
import { createContext, useContext } from "react";
import type { InboxLooker } from "@/core/contracts/inbox";
import { initialsOf, lookersWords } from "./looker-words";

type Lookers = ReadonlyMap<string, readonly InboxLooker[]>;

const LookersContext = createContext<Lookers>(new Map());
export const LookersProvider = LookersContext.Provider;

const mostShown = 3;

/** On a card: the initials of those who have it open. */
export function CardLookers({ id }: { id: string }) {
  const people = useContext(LookersContext).get(id) ?? [];
  if (people.length === 0) return null;
  return (
    <span className="flex shrink-0 -space-x-1" title={lookersWords(people)}>
      {people.slice(0, mostShown).map(({ userId, name }) => (
        <span
          key={userId}
          aria-hidden
          className="flex size-6 items-center justify-center rounded-full border border-hairline bg-sunken text-label font-medium text-ink-2"
        >
          {initialsOf(name)}
        </span>
      ))}
      <span className="sr-only">{lookersWords(people)}</span>
    </span>
  );
}

/** Above what is open: who else looks at it. It holds nobody up. */
export function OpenLookers({ id }: { id: string | null }) {
  const people = useContext(LookersContext).get(id ?? "") ?? [];
  return (
    <p role="status" className="border-b bg-sunken px-4 py-2 text-dense text-ink-2 empty:hidden md:px-6">
      {people.length > 0 && lookersWords(people)}
    </p>
  );
}
