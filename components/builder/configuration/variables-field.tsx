"use client";
import { useState } from "react";
import { isJsonObject } from "@/core/json-guard";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import type { ConfigPartProps } from "./use-config";
import { readVariables } from "./variables";

/** Values that every step reads as vars.name. */
export function VariablesField({ config, readOnly, set }: ConfigPartProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const stored = JSON.stringify(config.variables, null, 2);
  const text = typed ?? stored;
  const read = readVariables(text);
  const [first] = Object.keys(config.variables);
  return (
    <Field
      label="Variables (JSON)"
      hint={`Key and value pairs that every step can read, e.g. \${vars.${first ?? "limit"}}. Keep secrets in connections, not here.`}
      error={typed !== null && !read.ok ? read.problem : null}
    >
      {(control) => (
        <Textarea
          {...control}
          rows={Math.min(16, Math.max(5, text.split("\n").length))}
          className="font-mono text-dense"
          spellCheck={false}
          readOnly={readOnly}
          value={text}
          onChange={(event) => {
            setTyped(event.target.value);
            const next = readVariables(event.target.value);
            if (next.ok && isJsonObject(next.value)) set(["variables"], next.value);
          }}
          onBlur={() => read.ok && setTyped(null)}
        />
      )}
    </Field>
  );
}
