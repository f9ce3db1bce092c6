"use client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import { auditActions, auditChoice, auditNoun, auditSubjects } from "@/core/audit-words";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { SearchInput } from "@/components/ui/search-input";
import { Select } from "@/components/ui/select";
import { choiceAddress, ranges, type ActivityChoice, type RangeName } from "./activity-filter";

const nothing: ActivityChoice = { action: "", person: "", kind: "", q: "", range: "", from: "", to: "" };

/** What, who, about what, and when. */
export function ActivityFilters({
  choice,
  onChoose,
}: {
  choice: ActivityChoice;
  onChoose: (choice: ActivityChoice) => void;
}) {
  const api = useTRPC();
  const members = useQuery(api.members.list.queryOptions());
  const set = (part: Partial<ActivityChoice>) => onChoose({ ...choice, ...part });
  return (
    <div className="mb-4 flex flex-col gap-2">
      <div className="flex flex-wrap gap-2 max-sm:grid max-sm:grid-cols-2">
        <SearchBox key={choice.q} value={choice.q} onChange={(q) => set({ q })} />
        <Select
          aria-label="What"
          value={choice.action}
          onChange={({ target }) => set({ action: target.value })}
          className="sm:max-w-72"
        >
          <option value="">Everything</option>
          {groups.map(({ label, actions }) => (
            <optgroup key={label} label={label}>
              {actions.map((action) => (
                <option key={action} value={action}>
                  {auditChoice(action)}
                </option>
              ))}
            </optgroup>
          ))}
        </Select>
        <Select
          aria-label="Who"
          value={choice.person}
          onChange={({ target }) => set({ person: target.value })}
          className="sm:max-w-56"
        >
          <option value="">Everybody</option>
          <option value="system">Holdpoint by itself</option>
          {members.data?.items.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select aria-label="About" value={choice.kind} onChange={({ target }) => set({ kind: target.value })}>
          <option value="">About anything</option>
          {auditSubjects.map((kind) => (
            <option key={kind} value={kind}>
              {capitalised(auditNoun(kind))}
            </option>
          ))}
        </Select>
        <Select
          aria-label="When"
          value={choice.range}
          onChange={({ target }) => set({ range: rangeNamed(target.value) })}
        >
          {Object.entries(ranges).map(([name, { label }]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </Select>
        {choiceAddress(choice) !== "/activity" && (
          <Button look="quiet" onClick={() => onChoose(nothing)}>
            Show everything
          </Button>
        )}
      </div>
      {choice.range === "days" && (
        <div className="flex flex-wrap gap-3">
          <Field label="First day">
            {(control) => (
              <Input
                {...control}
                type="date"
                value={choice.from}
                onChange={({ target }) => set({ from: target.value })}
              />
            )}
          </Field>
          <Field label="Last day">
            {(control) => (
              <Input {...control} type="date" value={choice.to} onChange={({ target }) => set({ to: target.value })} />
            )}
          </Field>
        </div>
      )}
    </div>
  );
}

/** Actions by what they are about, in the order of the words. */
const groups = [
  ["Decisions", /^(approval|form|handoff|callback)\./],
  ["Runs", /^(runs?|test)\./],
  ["Workflows", /^(workflow|trigger|webhook)\./],
  ["Connections and messages", /^(connection|webhook_subscription|delivery|event|contact|conversation)\./],
  ["People and access", /./],
].reduce<{ left: readonly string[]; groups: { label: string; actions: readonly string[] }[] }>(
  ({ left, groups: made }, [label, pattern]) => ({
    left: left.filter((action) => !(pattern as RegExp).test(action)),
    groups: [...made, { label: String(label), actions: left.filter((action) => (pattern as RegExp).test(action)) }],
  }),
  { left: auditActions, groups: [] },
).groups;

const typingPauseMs = 250;

function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [text, setText] = useState(value);
  const show = useEffectEvent((typed: string) => {
    if (typed !== value) onChange(typed);
  });
  useEffect(() => {
    const timer = setTimeout(() => show(text.trim()), typingPauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <SearchInput
      label="Search by what it is about"
      placeholder="Customer, workflow, person or id"
      value={text}
      onChange={setText}
      className="w-full max-sm:col-span-2 sm:w-72"
    />
  );
}

function rangeNamed(name: string): RangeName {
  return Object.keys(ranges).find((each): each is RangeName => each === name) ?? "";
}

function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
