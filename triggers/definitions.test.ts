import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { triggerSchema } from "@/core/workflow/triggers";
import { triggerDefinitions, triggerTypes } from "./definitions";
import { triggerInput } from "./trigger-input";

const root = join(import.meta.dirname, "..");
const folders = [
  "app",
  "channels",
  "components",
  "connectors",
  "core",
  "inngest",
  "prisma",
  "scripts",
  "server",
  "steps",
];

function sources(): string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(?:[cm]?[jt]s|tsx)$/.test(name) && !/\.(?:test|testkit)\.|(?:^|\/)generated\//.test(name))
      .map((name) => `${folder}/${name}`),
  );
}

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
    const read = sources();
    expect(read.length).toBeGreaterThan(1000);
    const found = read.flatMap((file) =>
      comparisons(readFileSync(join(root, file), "utf8")).map((text) => `${file}: ${text}`),
    );
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
