import { describe, expect, it } from "vitest";
import { readLetterKeys } from "./letter-keys";
import { sendsWriting, shortcutOf, takesBack } from "./shortcuts";

const press = { ctrlKey: false, metaKey: false, altKey: false, writing: false };

describe("keys of the inbox", () => {
  it.each([
    ["a", "approve"],
    ["R", "reject"],
    ["t", "retry"],
    ["c", "comment"],
    ["j", "next"],
    ["k", "previous"],
    ["?", "keys"],
    ["x", "select"],
    ["y", null],
  ])("%s means %s", (key, meaning) => {
    expect(shortcutOf({ ...press, key })).toBe(meaning);
  });

  it("never takes letters from somebody who writes, nor the browser's own shortcuts", () => {
    expect(shortcutOf({ ...press, key: "a", writing: true })).toBeNull();
    expect(shortcutOf({ ...press, key: "r", ctrlKey: true })).toBeNull();
    expect(shortcutOf({ ...press, key: "c", metaKey: true })).toBeNull();
  });
});

describe("Ctrl Enter", () => {
  const enter = { ...press, key: "Enter", shiftKey: false, repeat: false, isComposing: false };

  it.each([
    [{ ctrlKey: true }, true],
    [{ metaKey: true }, true],
    [{}, false],
    [{ ctrlKey: true, shiftKey: true }, false],
    [{ ctrlKey: true, altKey: true }, false],
    [{ ctrlKey: true, repeat: true }, false],
    [{ ctrlKey: true, isComposing: true }, false],
    [{ ctrlKey: true, key: "m" }, false],
  ])("sends what is written: %j %s", (change, sends) => {
    expect(sendsWriting({ ...enter, ...change })).toBe(sends);
  });
});

describe("Ctrl Z", () => {
  const undo = { ...press, key: "z", ctrlKey: true, shiftKey: false, repeat: false, writing: false };

  it.each([
    [{}, true],
    [{ ctrlKey: false, metaKey: true }, true],
    [{ ctrlKey: false }, false],
    [{ shiftKey: true }, false],
    [{ writing: true }, false],
    [{ repeat: true }, false],
    [{ key: "y" }, false],
  ])("takes a decision back: %j %s", (change, takes) => {
    expect(takesBack({ ...undo, ...change })).toBe(takes);
  });
});

describe("letters switched off", () => {
  it.each([
    ["off", "off"],
    ["on", "on"],
    [undefined, "on"],
    ["no", "on"],
  ])("the cookie %j means %s", (value, letterKeys) => {
    expect(readLetterKeys(value)).toBe(letterKeys);
  });
});
