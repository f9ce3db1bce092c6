import { useId } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** A folder that is there, or the name of a new one. */
export function FolderField({
  value,
  folders,
  onChange,
}: {
  value: string;
  folders: readonly string[];
  onChange: (folder: string) => void;
}) {
  const listId = useId();
  return (
    <Field label="Folder" optional hint="A new name makes a new folder. A folder inside another: Finance/Invoices">
      {(control) => (
        <>
          <Input
            {...control}
            list={listId}
            value={value}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => onChange(event.target.value)}
          />
          <datalist id={listId}>
            {folders.map((folder) => (
              <option key={folder} value={folder} />
            ))}
          </datalist>
        </>
      )}
    </Field>
  );
}
