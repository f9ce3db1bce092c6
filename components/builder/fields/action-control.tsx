"use client";
import { connectorCatalog, findAction } from "@/connectors/definitions";
import type { FoundAction } from "@/core/connector-definition";
import { SearchField } from "@/components/ui/search-field";
import { TypeTile } from "@/components/ui/type-tile";
import { useStepForm } from "@/components/builder/state/step-form";
import { textOf, type ControlProps } from "./control-props";

const actions: readonly FoundAction[] = connectorCatalog.actionIds.flatMap((id) => findAction(id) ?? []);
const groups = [...new Set(actions.map(({ connector }) => connector.title))].map((title) => ({
  title,
  items: actions.filter(({ connector }) => connector.title === title),
}));

/** Search over everything the connectors can do, by name and by what it does. */
export function ActionControl({ names, value }: ControlProps<"action">) {
  const { change } = useStepForm();
  const chosen = findAction(textOf(value));
  return (
    <div className="flex flex-col gap-2">
      <SearchField
        input={{
          id: names.id,
          "aria-labelledby": names.labelId,
          "aria-describedby": names.describedBy,
          "aria-invalid": names.invalid || undefined,
          placeholder: "Search actions",
        }}
        groups={groups}
        value={chosen}
        onPick={(action) => {
          if (action.id !== value) change([{ path: ["tool"], value: action.id }]);
        }}
        keyOf={({ id }) => id}
        textOf={({ connector, action }) => `${connector.title}: ${action.title}`}
        fits={({ connector, action, id }, query) =>
          `${connector.title} ${action.title} ${action.description} ${id}`.toLowerCase().includes(query.toLowerCase())
        }
        row={({ action }) => (
          <span className="flex flex-col">
            <span>{action.title}</span>
            <span className="text-label text-ink-3">{action.description}</span>
          </span>
        )}
        nothing="No action does that. For any other service use a Service call step."
      />
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
