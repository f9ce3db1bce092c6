"use client";
import {
  DndContext,
  KeyboardSensor,
  PointerSensor,
  closestCenter,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
  type Announcements,
  type DragEndEvent,
} from "@dnd-kit/core";
import {
  SortableContext,
  arrayMove,
  sortableKeyboardCoordinates,
  useSortable,
  verticalListSortingStrategy,
} from "@dnd-kit/sortable";
import { CSS } from "@dnd-kit/utilities";
import { GripVertical } from "lucide-react";
import { useId, useMemo, type ReactNode } from "react";

interface SortableListProps<T> {
  label: string;
  items: readonly T[];
  /** For the handle and what is said while moving. */
  nameOf: (item: T, position: number) => string;
  onReorder: (items: T[]) => void;
  /** `DragSource`s below the list, and what happens when one is dropped into it. */
  sources?: ReactNode;
  onInsert?: (source: string, position: number) => void;
  children: (item: T, position: number, handle: ReactNode) => ReactNode;
}

/** Rows that are dragged by their handle, with the mouse or with Space and the arrow keys. */
export function SortableList<T>({
  label,
  items,
  nameOf,
  onReorder,
  sources,
  onInsert,
  children,
}: SortableListProps<T>) {
  const id = useId();
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const ids = items.map((_, position) => String(position));
  const announcements = useMemo((): Announcements => {
    const name = (key: string | number) => {
      if (sourceOf(key) !== null) return `New ${sourceOf(key) ?? ""}`;
      const item = items[Number(key)];
      return item === undefined ? "" : nameOf(item, Number(key));
    };
    const place = (key: string | number | undefined) => `place ${Number(key ?? 0) + 1} of ${items.length}`;
    return {
      onDragStart: ({ active }) => `${name(active.id)} picked up.`,
      onDragOver: ({ active, over }) => (over ? `${name(active.id)} would be at ${place(over.id)}.` : undefined),
      onDragEnd: ({ active, over }) => `${name(active.id)} put down at ${place(over?.id)}.`,
      onDragCancel: ({ active }) => `${name(active.id)} is where it was.`,
    };
  }, [items, nameOf]);
  const finish = ({ active, over }: DragEndEvent) => {
    if (!over) return;
    const source = sourceOf(active.id);
    const position = over.id === listId ? items.length : Number(over.id);
    if (source !== null) onInsert?.(source, position);
    else if (active.id !== over.id && over.id !== listId)
      onReorder(arrayMove([...items], Number(active.id), Number(over.id)));
  };
  return (
    <DndContext
      id={id}
      sensors={sensors}
      collisionDetection={closestCenter}
      onDragEnd={finish}
      accessibility={{
        announcements,
        screenReaderInstructions: {
          draggable: "Press Space to pick it up, the arrow keys to move it, Space to put it down, Escape to leave it.",
        },
      }}
    >
      <SortableContext items={ids} strategy={verticalListSortingStrategy}>
        <DropArea label={label} isEmpty={items.length === 0}>
          {items.map((item, position) => (
            <SortableRow key={position} id={String(position)} name={nameOf(item, position)}>
              {(handle) => children(item, position, handle)}
            </SortableRow>
          ))}
        </DropArea>
      </SortableContext>
      {sources}
    </DndContext>
  );
}

const listId = "list";

/** `new:text` -> `text`; null for a row of the list. */
function sourceOf(id: string | number): string | null {
  return String(id).startsWith("new:") ? String(id).slice(4) : null;
}

function DropArea({ label, isEmpty, children }: { label: string; isEmpty: boolean; children: ReactNode }) {
  const { setNodeRef, active } = useDroppable({ id: listId });
  const wanted = isEmpty && active !== null;
  return (
    <ol
      ref={setNodeRef}
      aria-label={label}
      className={`flex flex-col gap-2 ${wanted ? "min-h-14 rounded-control border border-dashed border-control" : ""}`}
    >
      {children}
    </ol>
  );
}

/** Something that can be dragged into the list around it, or clicked to be put at its end. */
export function DragSource({
  id,
  label,
  onAdd,
  children,
}: {
  id: string;
  label: string;
  onAdd: () => void;
  children: ReactNode;
}) {
  const { listeners, setNodeRef, transform, isDragging } = useDraggable({ id: `new:${id}` });
  return (
    <button
      // The keyboard's way in is the click: Enter and Space put it at the end.
      onPointerDown={listeners?.["onPointerDown"] as ((event: React.PointerEvent) => void) | undefined}
      ref={setNodeRef}
      type="button"
      aria-label={label}
      onClick={onAdd}
      style={{ transform: CSS.Translate.toString(transform) }}
      className={`inline-flex h-7 touch-none items-center gap-1.5 rounded-chip border border-hairline bg-surface px-2 text-dense text-ink-2 hover:border-control hover:text-ink max-sm:h-11 ${isDragging ? "relative z-20 shadow-lg" : ""}`}
    >
      {children}
    </button>
  );
}

function SortableRow({ id, name, children }: { id: string; name: string; children: (handle: ReactNode) => ReactNode }) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id,
  });
  return (
    <li
      ref={setNodeRef}
      style={{ transform: CSS.Translate.toString(transform), transition }}
      className={isDragging ? "relative z-10 opacity-80" : undefined}
    >
      {children(
        <button
          {...attributes}
          {...listeners}
          ref={setActivatorNodeRef}
          type="button"
          aria-label={`Move ${name}`}
          title="Drag to move"
          className="inline-flex size-7 shrink-0 cursor-grab touch-none items-center justify-center rounded-chip text-ink-3 hover:bg-surface hover:text-ink max-sm:size-11"
        >
          <GripVertical size={15} aria-hidden />
        </button>,
      )}
    </li>
  );
}
