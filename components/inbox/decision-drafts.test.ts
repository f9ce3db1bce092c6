import fc from "fast-check";
import { expect, test } from "vitest";
import { createDrafts, type DecisionDraft } from "./decision-drafts";

const words = fc.record({ comment: fc.string(), messageToRequester: fc.string() });
const draft: fc.Arbitrary<DecisionDraft> = fc
  .tuple(words, fc.option(words))
  .map(([written, rejection]) => ({ ...written, rejection }));
const act = fc.record({ id: fc.constantFrom("a", "b", "c"), draft: fc.option(draft) });

test("A46 what was written stays with its approval until that is decided, and is never found under another one", () => {
  fc.assert(
    fc.property(fc.array(act), (acts) => {
      const drafts = createDrafts();
      for (const { id, draft: written } of acts) {
        if (written === null) drafts.forget(id);
        else drafts.keep(id, written);
      }
      for (const id of ["a", "b", "c"]) {
        const last = acts.findLast((each) => each.id === id)?.draft ?? null;
        expect(drafts.of(id)).toEqual(last ?? { comment: "", messageToRequester: "", rejection: null });
      }
    }),
  );
});
