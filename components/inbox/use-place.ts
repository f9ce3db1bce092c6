import { useRouter, useSearchParams } from "next/navigation";
import { startTransition, useOptimistic } from "react";
import { inboxHref, readPlace, type InboxPlace } from "./inbox-place";

/** How the list is shown. What somebody chose shows in the moment of the press, and the next choice begins from it, before the address has it. */
export function usePlace(open: string | null): [place: InboxPlace, choose: (place: InboxPlace) => void] {
  const router = useRouter();
  const [place, show] = useOptimistic(readPlace(useSearchParams()));
  const choose = (next: InboxPlace) =>
    startTransition(() => {
      show(next);
      router.replace(inboxHref(next, open), { scroll: false });
    });
  return [place, choose];
}
