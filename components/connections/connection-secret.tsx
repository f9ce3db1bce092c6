"use client";
import type { AuthType } from "@/core/connector-definition";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

/** What is typed before it is sent; only the parts of the chosen type are used. */
export interface SecretDraft {
  type: AuthType;
  token: string;
  username: string;
  password: string;
  name: string;
  value: string;
}

export const emptySecret: SecretDraft = { type: "bearer", token: "", username: "", password: "", name: "", value: "" };

export function authOf({ type, token, username, password, name, value }: SecretDraft): Record<string, string> {
  return {
    none: { type },
    bearer: { type, token },
    basic: { type, username, password },
    header: { type, name, value },
  }[type];
}

export const everyType: readonly AuthType[] = ["none", "bearer", "basic", "header"];

/** The chosen type where the connector takes it, else its first. */
export function allowedType(allowed: readonly AuthType[], chosen: AuthType): AuthType {
  return chosen === "none" || allowed.includes(chosen) ? chosen : (allowed[0] ?? "none");
}

const words: Record<AuthType, string> = {
  none: "Nothing",
  bearer: "A bearer token",
  basic: "User name and password",
  header: "A header",
};

const parts: Record<
  AuthType,
  readonly { key: "token" | "username" | "password" | "name" | "value"; label: string; secret: boolean }[]
> = {
  none: [],
  bearer: [{ key: "token", label: "Token", secret: true }],
  basic: [
    { key: "username", label: "User name", secret: false },
    { key: "password", label: "Password", secret: true },
  ],
  header: [
    { key: "name", label: "Header", secret: false },
    { key: "value", label: "Value", secret: true },
  ],
};

/** How the connection proves who calls. */
export function ConnectionSecret({
  allowed,
  value,
  problems,
  onChange,
}: {
  allowed: readonly AuthType[];
  value: SecretDraft;
  problems: Readonly<Record<string, string>>;
  onChange: (value: SecretDraft) => void;
}) {
  const types = [...new Set<AuthType>([...allowed, "none"])];
  const type = allowedType(allowed, value.type);
  return (
    <>
      <Field label="Proves itself with">
        {(control) => (
          <Select
            {...control}
            value={type}
            onChange={(event) =>
              onChange({ ...value, type: types.find((each) => each === event.target.value) ?? "none" })
            }
          >
            {types.map((each) => (
              <option key={each} value={each}>
                {words[each]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {parts[type].map(({ key, label, secret }) => (
        <Field key={key} label={label} error={problems[key === "name" ? "header" : key] ?? null}>
          {(control) => (
            <Input
              {...control}
              type={secret ? "password" : "text"}
              autoComplete="off"
              value={value[key]}
              onChange={(event) => onChange({ ...value, type, [key]: event.target.value })}
            />
          )}
        </Field>
      ))}
    </>
  );
}
