import { describe, expect, it } from "vitest";
import { canvasKeys, commandOf } from "./canvas-keys";

const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "shiftKey" | "altKey", boolean>> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe("keys", () => {
  it.each([
    ["a", {}, "add"],
    ["a", { ctrlKey: true }, "selectAll"],
    ["z", { ctrlKey: true }, "undo"],
    ["Z", { ctrlKey: true, shiftKey: true }, "redo"],
    ["y", { metaKey: true }, "redo"],
    ["ArrowDown", {}, "down"],
    ["ArrowDown", { shiftKey: true }, "nudgeDown"],
    ["?", { shiftKey: true }, "keys"],
    ["F10", { shiftKey: true }, "menu"],
    ["/", {}, "search"],
    ["Backspace", {}, "delete"],
  ])("M-3 %s %j means %s", (key, held, command) => {
    expect(commandOf(press(key, held), false)).toBe(command);
  });

  it("do nothing else", () => {
    expect(commandOf(press("q"), false)).toBeNull();
    expect(commandOf(press("a", { altKey: true }), false)).toBeNull();
  });

  it("edit nothing for those who may only look", () => {
    expect(commandOf(press("Delete"), true)).toBeNull();
    expect(commandOf(press("c", { ctrlKey: true }), true)).toBe("copy");
  });

  it("mean one thing each", () => {
    const chords = canvasKeys.flatMap((key) => key.chords);
    expect(new Set(chords).size).toBe(chords.length);
  });
});
