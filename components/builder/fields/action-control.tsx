"use client";
import { Combobox } from "@base-ui/react/combobox";
import { connectorCatalog, findAction } from "@/connectors/definitions";
import type { FoundAction } from "@/core/connector-definition";
import { TypeTile } from "@/components/ui/type-tile";
import { useStepForm } from "@/components/builder/state/step-form";
import { textOf, type ControlProps } from "./control-props";

const actions: readonly FoundAction[] = connectorCatalog.actionIds.flatMap((id) => findAction(id) ?? []);
const groups = [...new Set(actions.map(({ connector }) => connector.title))].map((value) => ({
  value,
  items: actions.filter(({ connector }) => connector.title === value),
}));

/** Search over everything the connectors can do, by name and by what it does. */
export function ActionControl({ names, value }: ControlProps<"action">) {
  const { change } = useStepForm();
  const chosen = findAction(textOf(value));
  return (
    <div className="flex flex-col gap-2">
      <Combobox.Root
        items={groups}
        value={chosen}
        onValueChange={(action: FoundAction | null) => {
          if (action && action.id !== value) change([{ path: ["tool"], value: action.id }]);
        }}
        itemToStringLabel={(action: FoundAction) => `${action.connector.title}: ${action.action.title}`}
        isItemEqualToValue={(a: FoundAction, b: FoundAction) => a.id === b.id}
        filter={(action: FoundAction, query) =>
          `${action.connector.title} ${action.action.title} ${action.action.description} ${action.id}`
            .toLowerCase()
            .includes(query.toLowerCase())
        }
        autoHighlight
      >
        <Combobox.Input
          id={names.id}
          aria-labelledby={names.labelId}
          aria-describedby={names.describedBy}
          aria-invalid={names.invalid || undefined}
          placeholder="Search actions"
          className="h-9 w-full rounded-control border border-control bg-surface px-3 text-body hover:border-ink-2 focus-visible:outline-2 focus-visible:outline-offset-0 aria-invalid:border-failed max-sm:h-11 max-sm:text-reading"
        />
        <Combobox.Portal>
          <Combobox.Positioner sideOffset={4} className="z-50">
            <Combobox.Popup className="max-h-80 w-[var(--anchor-width)] overflow-y-auto rounded-control border border-hairline bg-surface py-1 shadow-lg">
              <Combobox.Empty className="px-3 text-dense text-ink-2 [&:not(:empty)]:py-2">
                No action does that. For any other service use a Service call step.
              </Combobox.Empty>
              <Combobox.List>
                {(group: (typeof groups)[number]) => (
                  <Combobox.Group key={group.value} items={group.items}>
                    <Combobox.GroupLabel className="px-3 py-1 text-label font-semibold text-ink-2">
                      {group.value}
                    </Combobox.GroupLabel>
                    <Combobox.Collection>
                      {(action: FoundAction) => (
                        <Combobox.Item
                          key={action.id}
                          value={action}
                          className="flex cursor-pointer flex-col px-3 py-1.5 data-[highlighted]:bg-sunken"
                        >
                          <span>{action.action.title}</span>
                          <span className="text-label text-ink-3">{action.action.description}</span>
                        </Combobox.Item>
                      )}
                    </Combobox.Collection>
                  </Combobox.Group>
                )}
              </Combobox.List>
            </Combobox.Popup>
          </Combobox.Positioner>
        </Combobox.Portal>
      </Combobox.Root>
      {chosen === null && textOf(value) !== "" && <p className="font-mono text-dense text-ink-2">{textOf(value)}</p>}
      {chosen !== null && (
        <p className="flex items-start gap-2 text-label text-ink-2">
          <TypeTile icon={chosen.connector.icon} color="action" />
          <span>
            {chosen.action.description}
            {chosen.action.repeatable === "unsafe" &&
              " Never repeated blindly: an unknown outcome is shown to a person."}
          </span>
        </p>
      )}
    </div>
  );
}
