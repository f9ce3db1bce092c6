import { describe, expect, it } from "vitest";
import type { Operation } from "@/core/workflow/edit/operation";
import { emptyStack, pushEdit, takeRedo, takeUndo } from "./undo-stack";

const edit = (id: string): Operation[] => [{ op: "set_start", container: null, id }];

describe("undo stack", () => {
  it("takes edits back one by one, and forward again", () => {
    const stack = pushEdit(pushEdit(emptyStack, edit("a"), null, 0), edit("b"), null, 1);
    const undo = takeUndo(stack);
    expect(undo?.entry.operations).toEqual(edit("b"));
    const after = undo?.after(edit("b-again")) ?? emptyStack;
    expect(after.past).toHaveLength(1);
    const redo = takeRedo(after);
    expect(redo?.entry.operations).toEqual(edit("b-again"));
    expect(redo?.after(edit("b"))).toEqual({
      past: [...after.past, { operations: edit("b"), merge: null, at: 1 }],
      future: [],
    });
  });

  it("joins edits with the same key that follow within a second, the last one first", () => {
    const typed = pushEdit(pushEdit(emptyStack, edit("a"), "name", 0), edit("b"), "name", 900);
    expect(typed.past).toEqual([{ operations: [...edit("b"), ...edit("a")], merge: "name", at: 900 }]);
    expect(pushEdit(typed, edit("c"), "name", 2_000).past).toHaveLength(2);
    expect(pushEdit(typed, edit("c"), "note", 950).past).toHaveLength(2);
  });

  it("forgets what could be redone after a new edit", () => {
    const undone = takeUndo(pushEdit(emptyStack, edit("a"), null, 0))?.after(edit("a")) ?? emptyStack;
    expect(undone.future).toHaveLength(1);
    expect(pushEdit(undone, edit("b"), null, 1).future).toEqual([]);
  });

  it("keeps nothing of a step that meant nothing any more", () => {
    expect(takeUndo(pushEdit(emptyStack, edit("gone"), null, 0))?.after([])).toEqual(emptyStack);
  });

  it("has an end on both sides", () => {
    expect(takeUndo(emptyStack)).toBeNull();
    expect(takeRedo(emptyStack)).toBeNull();
    let stack = emptyStack;
    for (let at = 0; at < 600; at += 1) stack = pushEdit(stack, edit(`s${String(at)}`), null, at);
    expect(stack.past).toHaveLength(500);
  });
});
