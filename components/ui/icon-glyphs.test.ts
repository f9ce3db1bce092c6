import { describe, expect, it } from "vitest";
import { channelDefinitions } from "@/channels/definitions";
import { stepDefinitions } from "@/steps/definitions";
import { byName } from "./icon-glyphs";

describe("icons", () => {
  it.each(Object.values(stepDefinitions).map((definition) => [definition.type, definition.icon]))(
    "step type %s has its icon %s",
    (_, icon) => {
      expect(byName[icon]).toBeDefined();
    },
  );

  it.each(Object.values(channelDefinitions).map(({ id, icon }) => [id, icon]))(
    "channel %s has its icon %s",
    (_, icon) => {
      expect(byName[icon]).toBeDefined();
    },
  );
});
