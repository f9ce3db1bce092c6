import { describe, expect, it } from "vitest";
import { triggerSchema } from "@/core/workflow/triggers";
import { productSources } from "@/tests/product-sources";
import { triggerDefinitions, triggerTypes } from "./definitions";
import { triggerInput } from "./trigger-input";

/** `trigger.type === "webhook"`, either way round, in lists, and as a case. */
function comparisons(text: string): string[] {
  const types = triggerTypes.join("|");
  const type = String.raw`(?:\b(?:type|triggerType|trigger_type)\b(?:\.toLowerCase\(\))?)`;
  const patterns = [
    new RegExp(`${type}\\s*[!=]==?\\s*["'](?:${types})["']`, "g"),
    new RegExp(`["'](?:${types})["']\\s*[!=]==?\\s*\\w*(?:\\??\\.)?${type}`, "g"),
    new RegExp(`\\[(?:\\s*["'](?:${types})["'],?)+\\s*\\]\\.includes\\(`, "g"),
    new RegExp(`new Set\\(\\[(?:\\s*["'](?:${types})["'],?)+\\s*\\]\\)`, "g"),
  ];
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([found]) => found));
}

describe("a type of trigger says of itself what others need to know", () => {
  it("no other file compares the type of a trigger with a name", () => {
    const read = productSources("triggers/");
    expect(read.length).toBeGreaterThan(1000);
    const found = read.flatMap(({ file, text }) => comparisons(text).map((each) => `${file}: ${each}`));
    expect(found).toEqual([]);
  });

  it("such a comparison would be found", () => {
    for (const text of [
      'trigger.type === "webhook"',
      "type !== 'schedule'",
      '"form" === trigger.type',
      '["api", "manual"].includes(type)',
      'new Set(["webhook"])',
    ])
      expect(comparisons(text)).toHaveLength(1);
    expect(comparisons('node.type === "wait"')).toEqual([]);
  });

  it.each(Object.entries(triggerDefinitions))(
    "%s is listed under its name, and a new one is right",
    (name, definition) => {
      expect(definition.type).toBe(name);
      const trigger = { ...definition.starter, id: name, type: name };
      expect(triggerSchema(triggerDefinitions).safeParse(trigger).success).toBe(true);
      expect(definition.lint?.(trigger) ?? []).toEqual([]);
      expect(triggerInput(trigger, definition.sample(trigger, undefined), 0)).toMatchObject({ ok: true });
    },
  );
});
