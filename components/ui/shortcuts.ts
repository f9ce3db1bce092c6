/** The keys of one letter, and what each does. They can be switched off: somebody types, or a computer hears, a letter by mistake. */
export const letterShortcuts = [
  { meaning: "next", key: "j", label: "Next decision" },
  { meaning: "previous", key: "k", label: "Decision before" },
  { meaning: "approve", key: "a", label: "Approve" },
  { meaning: "reject", key: "r", label: "Reject" },
  { meaning: "select", key: "x", label: "Select it, to decide several at once; with Shift J and Shift K more" },
  { meaning: "retry", key: "t", label: "Try a failed run again" },
  { meaning: "ask", key: "q", label: "Ask the requester something" },
  { meaning: "delegate", key: "d", label: "Give it to a colleague" },
  { meaning: "comment", key: "c", label: "Write a comment" },
  { meaning: "keys", key: "?", label: "This list" },
] as const;

export type Shortcut = (typeof letterShortcuts)[number]["meaning"];

/** What works whether the letters are switched off or not. */
export const writingShortcuts = [
  { keys: "Ctrl Enter", label: "In a comment: approve. In a rejection or another window: send it" },
  { keys: "Ctrl Z", label: "Outside of what is being written: take back the decision that was just made" },
  { keys: "Esc", label: "Leave the comment; close a window like this one" },
] as const;

interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** What a key means; null for anything that is not a shortcut, and for letters of somebody who is writing. */
export function shortcutOf(press: KeyPress & { writing: boolean }): Shortcut | null {
  if (press.writing || press.ctrlKey || press.metaKey || press.altKey) return null;
  return meanings.get(press.key.toLowerCase()) ?? null;
}

/** Ctrl Enter, or Cmd Enter: sends what is being written. Held down, or while an input method composes a character, it does not. */
export function sendsWriting(press: KeyPress & { shiftKey: boolean; repeat: boolean; isComposing: boolean }): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey, repeat, isComposing } = press;
  return key === "Enter" && (ctrlKey || metaKey) && !altKey && !shiftKey && !repeat && !isComposing;
}

/** Ctrl Z, or Cmd Z, of somebody who is not writing: their own text is theirs to take back. */
export function takesBack(press: KeyPress & { shiftKey: boolean; repeat: boolean; writing: boolean }): boolean {
  const { key, ctrlKey, metaKey, altKey, shiftKey, repeat, writing } = press;
  return key.toLowerCase() === "z" && (ctrlKey || metaKey) && !altKey && !shiftKey && !repeat && !writing;
}

const meanings: ReadonlyMap<string, Shortcut> = new Map(letterShortcuts.map(({ key, meaning }) => [key, meaning]));
