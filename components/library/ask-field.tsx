import { Plus } from "lucide-react";
import type { TemplateAsk, TemplateChoices } from "@/core/contracts/library";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { fittingConnections } from "./template-answers";

interface AskFieldProps {
  ask: TemplateAsk;
  choices: TemplateChoices;
  value: string;
  error: string | null;
  onChange: (value: string) => void;
  onAddConnection: () => void;
}

/** One question of a template. */
export function AskField({ ask, choices, value, error, onChange, onAddConnection }: AskFieldProps) {
  const connections = ask.kind === "connection" ? fittingConnections(ask, choices) : [];
  const missing = ask.kind === "connection" && connections.length === 0;
  return (
    <Field
      label={ask.label}
      hint={missing ? `${ask.help} There is no such connection yet: add one.` : ask.help}
      error={error}
    >
      {(control) => {
        const common = { ...control, value };
        if (ask.kind === "connection")
          return (
            <span className="flex gap-2">
              <Select {...common} onChange={(event) => onChange(event.target.value)} className="flex-1">
                {missing && <option value={value}>{`${value} (not there yet)`}</option>}
                {connections.map(({ slug, name }) => (
                  <option key={slug} value={slug}>
                    {name}
                  </option>
                ))}
              </Select>
              <Button
                icon={<Plus size={15} aria-hidden />}
                onClick={onAddConnection}
                aria-label={`Add a connection: ${ask.label}`}
              >
                Add
              </Button>
            </span>
          );
        if (ask.kind === "person")
          return (
            <Select {...common} onChange={(event) => onChange(event.target.value)} className="w-full">
              {groups.map((group) => {
                const people = choices.people.filter((person) => person.group === group);
                return people.length === 0 ? null : (
                  <optgroup key={group} label={group}>
                    {people.map((person) => (
                      <option key={person.value} value={person.value}>
                        {person.label}
                      </option>
                    ))}
                  </optgroup>
                );
              })}
            </Select>
          );
        return (
          <Input
            {...common}
            inputMode={ask.kind === "limit" ? "decimal" : undefined}
            onChange={(event) => onChange(event.target.value)}
          />
        );
      }}
    </Field>
  );
}

const groups = ["Roles", "Teams", "People"] as const;
