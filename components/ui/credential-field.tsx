"use client";
import { Field } from "./field";
import { Input } from "./input";

interface CredentialFieldProps {
  label: string;
  /** What it is, as password managers call it. */
  autoComplete: "username" | "current-password" | "new-password";
  name?: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string | null;
  error?: string | null;
}

/** An e-mail or a password that somebody proves with who they are, or will. */
export function CredentialField({ label, autoComplete, name, value, onChange, hint, error }: CredentialFieldProps) {
  return (
    <Field label={label} hint={hint ?? null} error={error ?? null}>
      {(control) => (
        <Input
          {...control}
          type={autoComplete === "username" ? "email" : "password"}
          name={name}
          autoComplete={autoComplete}
          required
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
