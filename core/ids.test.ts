import fc from "fast-check";
import { expect, it } from "vitest";
import { idPrefixes, isUuid, newId, readId, showId, type IdKind } from "./ids";

const kinds = Object.keys(idPrefixes) as IdKind[];

it("makes UUIDv7: valid, of version 7, sorted by time", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 47 }),
      fc.uint8Array({ minLength: 10, maxLength: 10 }),
      (now, random) => {
        const id = newId(now, random);
        expect(isUuid(id)).toBe(true);
        expect(id[14]).toBe("7");
        expect("89ab").toContain(id[19]);
        expect(newId(now + 1, random) > id).toBe(true);
      },
    ),
  );
});

it("K-3 shows ids as prefix and 26 characters, and reads every form back", () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), (kind) => {
      const id = newId();
      const shown = showId(kind, id);
      expect(shown).toMatch(/^[a-z]+_[0-9A-HJKMNP-TV-Z]{26}$/);
      expect(readId(kind, shown)).toBe(id);
      expect(readId(kind, id)).toBe(id);
    }),
  );
});

it("refuses what is no id of the kind", () => {
  expect(readId("run", "subscription-upgrade")).toBeNull();
  expect(readId("run", showId("workflow", newId()))).toBeNull();
  expect(readId("run", `run_${"Z".repeat(26)}`)).toBeNull();
  expect(readId("run", `run_${"U".repeat(26)}`)).toBeNull();
});

it("ids made in one breath differ", () => {
  const ids = Array.from({ length: 5000 }, () => newId(1));
  expect(new Set(ids).size).toBe(ids.length);
});
