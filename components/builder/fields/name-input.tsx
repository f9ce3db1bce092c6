"use client";
import { useState } from "react";
import { Input } from "@/components/ui/input";

interface NameInputProps {
  label: string;
  name: string;
  list?: string | undefined;
  autoFocus?: boolean;
  problemOf: (name: string) => string | null;
  onName: (name: string) => void;
}

/** A name is taken over when it is finished: a half-typed one could collide with another. */
export function NameInput({ label, name, list, autoFocus = false, problemOf, onName }: NameInputProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = (typed ?? name).trim();
  const problem = typed === null ? null : problemOf(text);
  const finish = () => {
    if (typed === null && !autoFocus) return;
    if (problem === null) onName(text);
    setTyped(null);
  };
  return (
    <span className="flex min-w-0 flex-1 flex-col gap-1">
      <Input
        aria-label={label}
        aria-invalid={problem !== null || undefined}
        list={list}
        // The row appears because its button was pressed; typing the name is what follows.
        ref={(element) => {
          if (autoFocus && typed === null) element?.focus();
        }}
        value={typed ?? name}
        spellCheck={false}
        placeholder="Name"
        className="h-8 font-mono text-dense"
        onChange={(event) => setTyped(event.target.value)}
        onBlur={finish}
        onKeyDown={(event) => {
          if (event.key === "Enter") finish();
          if (event.key !== "Escape" || typed === null) return;
          event.stopPropagation();
          setTyped(null);
        }}
      />
      {problem !== null && (
        <span role="alert" className="text-label font-medium text-failed">
          {problem}
        </span>
      )}
    </span>
  );
}
