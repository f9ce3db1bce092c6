import { describe, expect, it } from "vitest";
import { connectorDefinitions } from "@/connectors/definitions";
import { stepDefinitions } from "@/steps/definitions";
import { paletteItems, searchPalette } from "./palette-items";

const items = paletteItems(stepDefinitions, connectorDefinitions);

describe("the palette", () => {
  it("M-3 has every step that works here, once", () => {
    const types = items.filter(({ preset }) => preset === undefined).map(({ type }) => type);
    const available = Object.values(stepDefinitions)
      .filter((definition) => definition.available)
      .map(({ type }) => type);
    expect([...types].sort()).toEqual([...available].sort());
    expect(new Set(items.map(({ key }) => key)).size).toBe(items.length);
  });

  it("M-6 has the actions of every connector, with the action filled in", () => {
    const update = items.find(({ preset }) => preset?.["tool"] === "stripe.subscription.update");
    expect(update).toMatchObject({ type: "tool_call", title: "Stripe: change the plan", color: "action" });
  });

  it.each([
    ["appr", "approval"],
    ["charge", "tool_call"],
    ["http", "service_call"],
    ["for each", "loop"],
    ["stripe plan", "tool_call"],
  ])("M-3 finds %s", (query, type) => {
    expect(searchPalette(items, query)[0]?.type).toBe(type);
  });

  it("finds nothing for words that nothing holds", () => {
    expect(searchPalette(items, "zebra")).toEqual([]);
    expect(searchPalette(items, "  ")).toHaveLength(items.length);
  });
});
