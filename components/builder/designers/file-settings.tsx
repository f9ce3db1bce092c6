"use client";
import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { DesignField } from "./design-field";
import { fileGroups, groupsOf, megabytesOf, mostMegabytes, withGroup, withMegabytes } from "./design-files";

/** Which files a question takes, and how large they may be. */
export function FileSettings({ field, onChange }: { field: DesignField; onChange: (field: DesignField) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const taken = groupsOf(field);
  return (
    <>
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1 text-dense font-medium">What can be added</legend>
        {fileGroups.map((group) => (
          <label key={group.label} className="flex min-h-8 items-center gap-2.5 max-sm:min-h-11">
            <input
              type="checkbox"
              checked={taken.includes(group)}
              onChange={(event) => onChange(withGroup(field, group, event.target.checked))}
              className="size-4 shrink-0 accent-ink"
            />
            {group.label}
          </label>
        ))}
      </fieldset>
      <Field label="Largest file, in MB" hint={`At most ${String(mostMegabytes)}.`}>
        {(control) => (
          <Input
            {...control}
            inputMode="decimal"
            value={typed ?? String(megabytesOf(field))}
            onChange={(event) => {
              setTyped(event.target.value);
              const megabytes = Number(event.target.value.replace(",", "."));
              if (megabytes > 0 && megabytes <= mostMegabytes) onChange(withMegabytes(field, megabytes));
            }}
            onBlur={() => setTyped(null)}
          />
        )}
      </Field>
    </>
  );
}
