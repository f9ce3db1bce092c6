"use client";
import { Dialog } from "@/components/ui/dialog";
import { useLetterKeys } from "@/components/ui/letter-keys-choice";
import { useBuilder } from "@/components/builder/state/use-builder";
import { canvasKeys } from "./canvas-keys";
import { useCanvasUi, useCanvasUiStore } from "./canvas-ui";

const groups = ["Steps", "Edits", "Selection", "View"] as const;

/** Every key of the canvas and the outline. */
export function KeysDialog() {
  const ui = useCanvasUiStore();
  const open = useCanvasUi((state) => state.keysOpen);
  const { letterKeys } = useLetterKeys();
  const readOnly = useBuilder((state) => state.readOnly);
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => ui.setState({ keysOpen: next })}
      title="Keys"
      description={`They work while the canvas or the outline has the focus.${letterKeys === "off" ? " Those of one letter or sign are switched off: Keyboard shortcuts, in the menu of your account." : ""} Drag with Shift to select several steps.`}
    >
      <div className="flex flex-col gap-5">
        {groups.map((group) => (
          <section key={group}>
            <h3 className="mb-1 text-label font-medium text-ink-3">{group}</h3>
            <dl className="divide-y divide-hairline">
              {canvasKeys
                .filter((key) => key.group === group && !(readOnly && key.edits))
                .map(({ command, keys, label }) => (
                  <div key={command} className="flex items-center justify-between gap-4 py-1.5">
                    <dt className="text-dense text-ink">{label}</dt>
                    <dd className="shrink-0 rounded-chip border border-hairline bg-sunken px-1.5 text-label font-medium text-ink-2">
                      {keys}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
