import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { weekdays, type Weekday } from "./calendar";
import { isSameDay, nextDigest } from "./digest-time";

const workdays: Weekday[] = ["monday", "tuesday", "wednesday", "thursday", "friday"];
const next = (at: string, after: string, { days = workdays, zone = "Europe/Berlin" } = {}): string =>
  new Date(nextDigest({ at, days, zone }, Date.parse(after))).toISOString();

describe("A17 when a digest is due", () => {
  it("today as long as the time is to come, else on the next of its days", () => {
    expect(next("07:00", "2026-12-01T05:59:59Z")).toBe("2026-12-01T06:00:00.000Z");
    expect(next("07:00", "2026-12-01T06:00:00Z")).toBe("2026-12-02T06:00:00.000Z");
    expect(next("07:00", "2026-12-04T12:00:00Z")).toBe("2026-12-07T06:00:00.000Z");
    expect(next("07:00", "2026-12-01T06:00:00Z", { days: ["tuesday"] })).toBe("2026-12-08T06:00:00.000Z");
  });

  it("by the clock there, also where it is changed: a time that is jumped over comes with the jump, one that comes twice comes once", () => {
    expect(next("07:00", "2026-03-27T12:00:00Z")).toBe("2026-03-30T05:00:00.000Z");
    const every = { days: [...weekdays] };
    expect(next("02:30", "2026-03-29T00:00:00Z", every)).toBe("2026-03-29T01:00:00.000Z");
    expect(next("02:30", "2026-10-24T12:00:00Z", every)).toBe("2026-10-25T00:30:00.000Z");
    expect(next("02:30", "2026-10-25T00:30:00Z", every)).toBe("2026-10-26T01:30:00.000Z");
  });

  it("is always later, within eight days, on one of its days", () => {
    const days = fc.subarray([...weekdays], { minLength: 1 });
    const zone = fc.constantFrom("UTC", "Asia/Kathmandu", "Pacific/Apia", "America/Sao_Paulo", "Africa/Casablanca");
    fc.assert(
      fc.property(
        days,
        zone,
        fc.nat(23),
        fc.nat(59),
        fc.integer({ min: 0, max: 2e12 }),
        (chosen, where, hour, minute, after) => {
          const at = `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
          const moment = nextDigest({ at, days: chosen, zone: where }, after);
          expect(moment).toBeGreaterThan(after);
          expect(moment - after).toBeLessThanOrEqual(8 * 86_400_000 + 2 * 3_600_000);
          const day = new Intl.DateTimeFormat("en", { weekday: "long", timeZone: where }).format(moment).toLowerCase();
          expect(chosen).toContain(day);
        },
      ),
    );
  });

  it("days are those of the zone", () => {
    expect(isSameDay("Asia/Kathmandu", Date.parse("2026-12-01T18:14:00Z"), Date.parse("2026-12-01T18:16:00Z"))).toBe(
      false,
    );
    expect(isSameDay("UTC", Date.parse("2026-12-01T18:14:00Z"), Date.parse("2026-12-01T18:16:00Z"))).toBe(true);
  });
});
