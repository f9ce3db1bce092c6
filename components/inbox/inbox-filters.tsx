"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { InboxKind, InboxSort } from "@/core/contracts/inbox";
import { sentAlone } from "@/components/data/sent-alone";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { inboxKinds, inboxSorts } from "@/core/contracts/inbox";
import { filterOf, isNarrowed, wholeInbox, type InboxPlace } from "./inbox-place";

const kindWords: Readonly<Record<InboxKind, string>> = {
  approval: "Approvals",
  form: "Forms",
  handoff: "Conversations",
  outcome: "Unknown outcomes",
  failed: "Failed runs",
  review: "Publish reviews",
};
const sortWords: Readonly<Record<InboxSort, string>> = { due: "By deadline", age: "By age", amount: "By amount" };

/** Which part of the inbox is listed, in which order; all of it stands in the address. */
export function InboxFilters({ place, onChoose }: { place: InboxPlace; onChoose: (place: InboxPlace) => void }) {
  const api = useTRPC();
  const { kind, askedAs } = place;
  const filter = filterOf({ ...place, workflow: null });
  const choices = useQuery(
    api.inbox.groups.queryOptions({ filter }, { placeholderData: keepPreviousData, trpc: sentAlone }),
  ).data;
  const workflows = choices?.groups ?? [];
  const isListed = place.workflow === null || workflows.some(({ slug }) => slug === place.workflow);
  const references = choices?.askedAs ?? [];
  const isKnown = askedAs === null || ["me", "others", ...references.map(({ ref }) => ref)].includes(askedAs);
  return (
    <div className="grid grid-cols-2 gap-2" role="group" aria-label="What is listed">
      <Select
        aria-label="Workflow"
        value={place.workflow ?? ""}
        onChange={({ target }) => onChoose({ ...place, workflow: target.value || null })}
      >
        <option value="">Every workflow</option>
        {!isListed && place.workflow !== null && <option value={place.workflow}>{place.workflow}</option>}
        {workflows.map(({ slug, name }) => (
          <option key={slug} value={slug}>
            {name}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Kind"
        value={kind ?? ""}
        onChange={({ target }) =>
          onChoose({ ...place, kind: inboxKinds.find((each) => each === target.value) ?? null })
        }
      >
        <option value="">Everything</option>
        {inboxKinds.map((each) => (
          <option key={each} value={each}>
            {kindWords[each]}
          </option>
        ))}
      </Select>
      <Select
        aria-label="Asked as"
        value={askedAs ?? ""}
        onChange={({ target }) => onChoose({ ...place, askedAs: target.value || null })}
      >
        <option value="">In any role</option>
        <option value="me">Me by name</option>
        {references.map(({ ref, name }) => (
          <option key={ref} value={ref}>
            As {name}
          </option>
        ))}
        {!isKnown && <option value={askedAs}>As somebody else</option>}
        <option value="others">For somebody</option>
      </Select>
      <Select
        aria-label="Order"
        value={place.sort}
        onChange={({ target }) =>
          onChoose({ ...place, sort: inboxSorts.find((each) => each === target.value) ?? "due" })
        }
      >
        {inboxSorts.map((each) => (
          <option key={each} value={each}>
            {sortWords[each]}
          </option>
        ))}
      </Select>
      <Button
        look="quiet"
        aria-pressed={place.grouped}
        onClick={() => onChoose({ ...place, grouped: !place.grouped, unfolded: null })}
        className="justify-self-start"
      >
        {place.grouped ? "Grouped by workflow" : "Group by workflow"}
      </Button>
      {isNarrowed(place) && (
        <Button
          look="quiet"
          onClick={() => onChoose({ ...wholeInbox, view: place.view, sort: place.sort, grouped: place.grouped })}
          className="justify-self-end"
        >
          Show everything
        </Button>
      )}
    </div>
  );
}
