"use client";
import { useId, useState } from "react";
import { Select } from "@/components/ui/select";
import { useStepForm } from "@/components/builder/state/step-form";
import type { WayChoice } from "@/core/workflow/form-layout";
import { ConfigField } from "./config-field";

/** Fields of which one way excludes the others; changing the way takes the fields of the old one along. */
export function WayFields({ choice }: { choice: WayChoice }) {
  const { node, readOnly, change } = useStepForm();
  const [picked, setPicked] = useState<string | null>(null);
  const id = useId();
  const present = choice.ways.find((way) => node[way.marker] !== undefined && node[way.marker] !== false);
  const active = present ?? choice.ways.find((way) => way.id === picked) ?? choice.ways[0];
  if (active === undefined) return null;
  const choose = (next: string) => {
    const way = choice.ways.find((each) => each.id === next);
    if (!way || way === active) return;
    setPicked(next);
    const dropped = choice.ways.flatMap((each) =>
      each === way ? [] : [each.marker, ...each.fields.map(({ path }) => String(path[0]))],
    );
    change([
      ...[...new Set(dropped)]
        .filter((key) => node[key] !== undefined)
        .map((key) => ({ path: [key], value: undefined })),
      ...(way.start === "" ? [] : [{ path: [way.marker], value: way.start }]),
    ]);
  };
  return (
    <>
      {readOnly ? (
        <p>
          <span className="text-dense text-ink-2">{choice.label}: </span>
          {active.label}
        </p>
      ) : (
        <div className="flex flex-col gap-1.5">
          <label htmlFor={id} className="text-dense font-medium">
            {choice.label}
          </label>
          <Select id={id} value={active.id} onChange={(event) => choose(event.target.value)}>
            {choice.ways.map((way) => (
              <option key={way.id} value={way.id}>
                {way.label}
              </option>
            ))}
          </Select>
        </div>
      )}
      {active.fields.map((field) => (
        <ConfigField key={field.path.join(".")} field={field} />
      ))}
    </>
  );
}
