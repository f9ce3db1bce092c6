import fc from "fast-check";
import { expect, test } from "vitest";
import { createDraftStore } from "@/components/data/draft-store";
import { createDrafts, type DecisionDraft } from "./decision-drafts";

const words = fc.record({ comment: fc.string(), messageToRequester: fc.string() });
const draft: fc.Arbitrary<DecisionDraft> = fc
  .tuple(words, fc.option(words))
  .map(([written, rejection]) => ({ ...written, rejection }));
const act = fc.record({ id: fc.constantFrom("a", "b", "c"), draft: fc.option(draft) });

test("A46 what was written stays with its approval until that is decided, and is never found under another one", () => {
  fc.assert(
    fc.property(fc.array(act), fc.boolean(), (acts, reloads) => {
      const kept = new Map<string, string>();
      const storage = {
        getItem: (key: string) => kept.get(key) ?? null,
        setItem: (key: string, value: string) => void kept.set(key, value),
        removeItem: (key: string) => void kept.delete(key),
      };
      let drafts = createDrafts(createDraftStore(() => storage));
      for (const { id, draft: written } of acts) {
        if (written === null) drafts.forget(id);
        else drafts.keep(id, written);
        // The page is loaded anew.
        if (reloads) drafts = createDrafts(createDraftStore(() => storage));
      }
      for (const id of ["a", "b", "c"]) {
        const last = acts.findLast((each) => each.id === id)?.draft ?? null;
        expect(drafts.of(id)).toEqual(last ?? { comment: "", messageToRequester: "", rejection: null });
      }
    }),
  );
});
