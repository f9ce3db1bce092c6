"use client";
import { useState } from "react";
import { previewFiles } from "@/components/fields/file-door";
import { SchemaForm } from "@/components/fields/schema-form";
import { JsonEditor } from "@/components/builder/fields/json-editor";
import type { ControlNames } from "@/components/builder/fields/control-props";
import { Select } from "@/components/ui/select";
import type { JsonObject } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { DragSource, SortableList } from "@/components/builder/fields/sortable-list";
import {
  designTypeLabels,
  designTypes,
  labelOfField,
  onlyInRuns,
  withType,
  type DesignField,
  type DesignType,
} from "./design-field";
import { followingName } from "./field-conditions";
import { QuestionEditor } from "./question-editor";
import { canDesign, fieldsOfSchema, keyOf, schemaWithFields } from "./schema-fields";

interface SchemaDesignerProps {
  names: ControlNames;
  schema: JsonObject | null;
  onChange: (schema: JsonObject) => void;
  /** Whether files can be asked for. */
  takesFiles?: boolean;
}

type View = "questions" | "json" | "preview";

/** A form drawn by hand: questions by drag and drop, the form as it will look, and its JSON Schema. */
export function SchemaDesigner({ names, schema, onChange, takesFiles = false }: SchemaDesignerProps) {
  const drawable = canDesign(schema);
  const [view, setView] = useState<View>("questions");
  const shown = view === "questions" && !drawable ? "json" : view;
  return (
    <div className="flex flex-col gap-2">
      <Select
        aria-label={`${names.label}: what is shown`}
        value={shown}
        onChange={(event) => setView(views.find((each) => each === event.target.value) ?? "questions")}
      >
        {drawable && <option value="questions">Questions</option>}
        <option value="preview">Preview</option>
        <option value="json">JSON Schema</option>
      </Select>
      {shown === "questions" && <Questions names={names} schema={schema} onChange={onChange} takesFiles={takesFiles} />}
      {shown === "preview" && (
        <div className="rounded-card border border-hairline bg-ground p-4">
          <SchemaForm
            key={JSON.stringify(schema)}
            schema={schema ?? {}}
            submitLabel="Send"
            busy={false}
            problem={null}
            files={takesFiles ? previewFiles : null}
            onSubmit={() => undefined}
          />
        </div>
      )}
      {shown === "json" && (
        <JsonEditor
          names={names}
          value={schema ?? undefined}
          onChange={(value) => {
            if (isJsonObject(value)) onChange(value);
          }}
        />
      )}
    </div>
  );
}

const views: readonly View[] = ["questions", "preview", "json"];

function Questions({ names, schema, onChange, takesFiles = false }: SchemaDesignerProps) {
  const [opened, setOpened] = useState<string | null>(null);
  const fields = fieldsOfSchema(schema);
  const types = takesFiles ? designTypes : designTypes.filter((type) => !onlyInRuns.has(type));
  const put = (next: readonly DesignField[]) => onChange(schemaWithFields(schema, next));
  const insert = (type: DesignType, position: number) => {
    const label = designTypeLabels[type];
    const key = keyOf(
      label,
      fields.map((field) => field.key),
    );
    const field = withType({ key, schema: {}, required: false }, type);
    put([...fields.slice(0, position), field, ...fields.slice(position)]);
    setOpened(key);
  };
  return (
    <div id={names.id} role="group" aria-labelledby={names.labelId} className="flex flex-col gap-2">
      <SortableList
        label={names.label}
        items={fields}
        nameOf={labelOfField}
        onReorder={put}
        onInsert={(source, position) => insert(designTypes.find((each) => each === source) ?? "text", position)}
        sources={
          <div role="group" aria-label="Add a question" className="mt-3 flex flex-wrap gap-1.5">
            {types.map((type) => (
              <DragSource
                key={type}
                id={type}
                label={`Add a question: ${designTypeLabels[type].toLowerCase()}`}
                onAdd={() => insert(type, fields.length)}
              >
                <span aria-hidden>+</span> {designTypeLabels[type]}
              </DragSource>
            ))}
          </div>
        }
      >
        {(field, position, handle) => (
          <QuestionEditor
            types={types}
            field={field}
            others={fields.filter((_, at) => at !== position)}
            handle={handle}
            open={opened === field.key}
            onOpen={(open) => setOpened(open ? field.key : null)}
            onRemove={() => put(fields.filter((_, at) => at !== position))}
            onChange={(next) => {
              if (opened === field.key) setOpened(next.key);
              const changed = fields.map((each, at) => (at === position ? next : each));
              put(followingName(changed, field.key, next.key));
            }}
          />
        )}
      </SortableList>
      {fields.length === 0 && <p className="text-label text-ink-2">No questions yet. Click a type, or drag it here.</p>}
    </div>
  );
}
