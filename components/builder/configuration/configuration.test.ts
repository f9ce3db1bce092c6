import { describe, expect, it } from "vitest";
import { defaultConfig } from "@/core/workflow/document";
import { durationOfMs } from "@/components/builder/fields/duration-value";
import { readWhole } from "@/components/builder/fields/whole-number";
import { workflowConfigSchema } from "@/core/workflow/workflow-config";
import { readBackoff, writeBackoff } from "./backoff-setting";
import { activeWords, cannotSwitchReason } from "./operational-words";
import { readVariables } from "./variables";

const settings = {
  enabled: true,
  publishedVersion: 3,
  whileDraft: "block" as const,
  retentionDays: null,
  reviewRequired: false,
  may: { edit: true, publish: true, requireReview: true },
};

describe("M-19 the Active toggle", () => {
  it("says that drafts are published first, in the words of the source", () => {
    expect(cannotSwitchReason({ ...settings, publishedVersion: null })).toBe(
      "Draft workflows cannot be activated until they are published first.",
    );
    expect(cannotSwitchReason(settings)).toBeNull();
    expect(cannotSwitchReason({ ...settings, may: { edit: true, publish: false, requireReview: false } })).toContain(
      "Your role",
    );
  });

  it("says what being on and off means", () => {
    expect(activeWords(settings)).toBe("v3 is live: its triggers start runs.");
    expect(activeWords({ ...settings, enabled: false })).toContain("nothing starts");
  });
});

describe("M-20 M-21 M-22 numbers", () => {
  it("have the defaults of the source", () => {
    expect([defaultConfig.timeoutMs, defaultConfig.maxRetries, readBackoff(defaultConfig.backoff).delayMs]).toEqual([
      300_000, 3, 1_000,
    ]);
  });

  it.each([
    ["300,000", { ok: true, value: 300_000 }],
    ["300 000", { ok: true, value: 300_000 }],
    ["0", { ok: true, value: 0 }],
    ["", { ok: false, problem: "Enter a number." }],
    ["5 min", { ok: false, problem: "Enter a whole number, without a unit." }],
    ["1.5", { ok: false, problem: "Enter a whole number, without a unit." }],
    ["-1", { ok: false, problem: "Enter a whole number, without a unit." }],
    ["9999999", { ok: false, problem: "Enter 1,000,000 or less." }],
  ])("%j", (text, read) => {
    expect(readWhole(text, { min: 0, max: 1_000_000 }, false)).toEqual(read);
  });

  it("nothing is no limit where there may be none", () => {
    expect(readWhole(" ", { min: 1, max: 10 }, true)).toEqual({ ok: true, value: null });
    expect(readWhole("0", { min: 1, max: 10 }, true)).toMatchObject({ ok: false });
  });
});

describe("M-22 backoff", () => {
  it.each([
    [1000, "fixed", 1000],
    ["exponential", "exponential", 1000],
    [{ type: "exponential", delayMs: 500, factor: 3 }, "exponential", 500],
    [{ type: "fixed" }, "fixed", 1000],
  ] as const)(
    "%j reads as %s, %d ms, and writing the same back changes nothing that counts",
    (setting, type, delayMs) => {
      expect(readBackoff(setting)).toEqual({ type, delayMs });
      const written = writeBackoff(setting, { type, delayMs });
      expect(readBackoff(written)).toEqual({ type, delayMs });
      if (typeof setting === "object") expect(written).toMatchObject(setting);
      expect(workflowConfigSchema.shape.backoff.safeParse(written).success).toBe(true);
    },
  );
});

it("a maximal age reads in the largest unit that fits", () => {
  expect([durationOfMs(86_400_000), durationOfMs(5_400_000), durationOfMs(1_500)]).toEqual([
    { amount: 1, unit: "days" },
    { amount: 90, unit: "minutes" },
    { amount: 1.5, unit: "seconds" },
  ]);
});

it("M-23 variables are a JSON object; what is none yet is not kept", () => {
  expect(readVariables('{"limit": 500}')).toEqual({ ok: true, value: { limit: 500 } });
  expect(readVariables(" ")).toEqual({ ok: true, value: {} });
  expect(readVariables("[1]")).toMatchObject({ ok: false, problem: expect.stringContaining("object") });
  expect(readVariables('{"limit": ')).toMatchObject({ ok: false });
});
