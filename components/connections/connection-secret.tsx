"use client";
import type { AuthDefinition } from "@/core/auth-definition";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { withField, type SecretDraft } from "./secret-draft";

/** How the connection proves who calls. */
export function ConnectionSecret({
  offered,
  kind,
  value,
  problems,
  onChange,
}: {
  offered: readonly AuthDefinition[];
  kind: AuthDefinition;
  value: SecretDraft;
  /** By field. */
  problems: Readonly<Record<string, string>>;
  onChange: (value: SecretDraft) => void;
}) {
  return (
    <>
      <Field label="Proves itself with" hint={kind.hint}>
        {(control) => (
          <Select {...control} value={kind.type} onChange={(event) => onChange({ ...value, type: event.target.value })}>
            {offered.map(({ type, label }) => (
              <option key={type} value={type}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {kind.fields.map(({ name, label, hint, secret, placeholder }) => (
        <Field key={`${kind.type}.${name}`} label={label} hint={hint ?? null} error={problems[name] ?? null}>
          {(control) => (
            <Input
              {...control}
              type={secret ? "password" : "text"}
              autoComplete="off"
              placeholder={placeholder}
              value={value.values[kind.type]?.[name] ?? ""}
              onChange={(event) => onChange(withField(value, kind.type, name, event.target.value))}
            />
          )}
        </Field>
      ))}
    </>
  );
}
