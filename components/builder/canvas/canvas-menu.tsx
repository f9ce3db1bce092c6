"use client";
import { Menu } from "@base-ui/react/menu";
import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { useBuilder } from "@/components/builder/state/use-builder";
import { useCanvasActions } from "./canvas-actions";
import { canvasGraph } from "./canvas-graph";
import { useCanvasUi, useCanvasUiStore, type CanvasUi } from "./canvas-ui";
import { menuEntries, type MenuEntry } from "./menu-entries";

/** Everything that can be done with the selection: right click, Shift F10, or the button of a row in the outline. */
export function CanvasMenu() {
  const menu = useCanvasUi((state) => state.menu);
  return menu ? <OpenMenu menu={menu} /> : null;
}

function OpenMenu({ menu }: { menu: NonNullable<CanvasUi["menu"]> }) {
  const ui = useCanvasUiStore();
  const actions = useCanvasActions();
  const spec = useBuilder((state) => state.document.spec);
  const selected = useBuilder((state) => state.selectedNodes);
  const selectedEdges = useBuilder((state) => state.selectedEdges);
  const readOnly = useBuilder((state) => state.readOnly);
  const drawing = useCanvasUi((state) => state.view !== null);
  // The place of an open menu does not change.
  const [screen] = useState(() => (menu.screen.x < 0 ? middleOfCanvas() : menu.screen));
  const groups = useMemo(() => {
    const graph = canvasGraph(spec);
    return menuEntries({
      graph,
      actions,
      steps: [...selected].flatMap((id) => graph.steps.get(id) ?? []),
      edges: [...selectedEdges].flatMap((id) => graph.edges.get(id) ?? []),
      readOnly,
      drawing,
      screen,
    });
  }, [spec, actions, selected, selectedEdges, readOnly, drawing, screen]);
  const anchor = useMemo(() => ({ getBoundingClientRect: () => new DOMRect(screen.x, screen.y, 0, 0) }), [screen]);
  return (
    <Menu.Root open onOpenChange={(open) => !open && ui.setState({ menu: null })} modal={false}>
      <Menu.Portal>
        <Menu.Positioner
          anchor={anchor}
          side="bottom"
          align="start"
          sideOffset={2}
          collisionPadding={12}
          className="z-40"
        >
          <Menu.Popup className={popup} aria-label="Actions">
            {groups.map((group, index) => (
              <Menu.Group key={group[0]?.label ?? index} className="border-b border-hairline py-1 last:border-b-0">
                {group.map((entry) => (
                  <Entry key={entry.label} entry={entry} />
                ))}
              </Menu.Group>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  if (entry.entries)
    return (
      <Menu.SubmenuRoot>
        <Menu.SubmenuTrigger className={clsx(item, "data-[popup-open]:bg-sunken")}>
          <span className="flex-1 truncate">{entry.label}</span>
          <ChevronRight size={14} aria-hidden className="text-ink-3" />
        </Menu.SubmenuTrigger>
        <Menu.Portal>
          <Menu.Positioner sideOffset={2} collisionPadding={12} className="z-40">
            <Menu.Popup className={popup}>
              <div className="py-1">
                {entry.entries.map((inner, index) => (
                  <Entry key={`${inner.label}:${String(index)}`} entry={inner} />
                ))}
              </div>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.SubmenuRoot>
    );
  return (
    <Menu.Item className={clsx(item, entry.danger === true && "text-failed")} onClick={entry.run}>
      <span className="flex-1 truncate">{entry.label}</span>
      {entry.keys !== undefined && (
        <span aria-hidden className="text-label text-ink-3">
          {entry.keys}
        </span>
      )}
    </Menu.Item>
  );
}

function middleOfCanvas() {
  const area = document.getElementById("canvas-area")?.getBoundingClientRect();
  return area ? { x: area.left + area.width / 2, y: area.top + 120 } : { x: 240, y: 240 };
}

const popup =
  "max-h-[min(70dvh,560px)] min-w-56 max-w-80 animate-appear overflow-y-auto rounded-card border border-control bg-surface shadow-[0_8px_24px_rgb(20_20_18/0.14)] outline-none";
const item =
  "flex min-h-8 cursor-default items-center gap-6 px-3 text-dense outline-none select-none data-[highlighted]:bg-sunken max-md:min-h-11";
