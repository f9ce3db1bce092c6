import fc from "fast-check";
import { expect, test } from "vitest";
import { inboxKinds, inboxSorts } from "@/core/contracts/inbox";
import { inboxHref, readPlace, reviewKey, wholeInbox, type InboxPlace } from "./inbox-place";

const slug = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);
const places: fc.Arbitrary<InboxPlace> = fc
  .record({
    view: fc.constantFrom("pending" as const, "decided" as const),
    workflow: fc.option(slug),
    kind: fc.option(fc.constantFrom(...inboxKinds)),
    askedAs: fc.option(fc.constantFrom("me", "others", "role:manager")),
    sort: fc.constantFrom(...inboxSorts),
    grouped: fc.boolean(),
    unfolded: fc.option(fc.array(slug)),
  })
  .map((place) => (place.grouped ? place : { ...place, unfolded: null }));

const read = (address: string) => new URL(address, "http://holdpoint.test").searchParams;

test("a link to the inbox keeps how it was narrowed, sorted and grouped, and what was open", () => {
  fc.assert(
    fc.property(places, fc.option(fc.uuid()), (place, open) => {
      const query = read(inboxHref(place, open));
      expect(readPlace(query)).toEqual(place);
      expect(query.get("id")).toBe(open);
    }),
  );
});

test("the whole inbox has the shortest address, and a publish review its own name in it", () => {
  expect(inboxHref({ view: "pending", ...wholeInbox }, null)).toBe("/inbox");
  expect(inboxHref({ view: "pending" }, reviewKey("r1"))).toBe("/inbox?review=r1");
  expect(readPlace(read("/inbox?sort=colour&kind=tea&view=x"))).toEqual({ view: "pending", ...wholeInbox });
});
