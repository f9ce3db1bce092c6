import type { InboxPlace } from "./inbox-place";
import { useInbox, type Listing } from "./use-inbox";
import { useInboxGroups, type InboxSection } from "./use-inbox-groups";

/** What the list shows: one after the other, or by workflow (`sections`, else null). */
export function useListing(place: InboxPlace, search: string): Listing & { sections: InboxSection[] | null } {
  const isGrouped = place.grouped && place.view === "pending";
  const flat = useInbox(place, search, !isGrouped);
  const grouped = useInboxGroups(place, search, isGrouped);
  return isGrouped ? grouped : { ...flat, sections: null };
}
