"use client";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { Select } from "@/components/ui/select";
import { useBuilder } from "@/components/builder/state/use-builder";
import { elementProps, textOf, type ControlProps } from "./control-props";

/** Another workflow of the organization, by its slug. */
export function WorkflowControl({ names, value, onChange }: ControlProps<"workflow">) {
  const api = useTRPC();
  const own = useBuilder((state) => state.slug);
  const list = useQuery(api.workflows.list.queryOptions());
  const chosen = textOf(value);
  const items = (list.data?.items ?? []).filter((item) => item.slug !== own);
  return (
    <Select
      {...elementProps(names)}
      value={chosen}
      onChange={(event) => onChange(event.target.value === "" ? undefined : event.target.value)}
    >
      <option value="">Choose…</option>
      {chosen !== "" && !items.some((item) => item.slug === chosen) && <option value={chosen}>{chosen}</option>}
      {items.map((item) => (
        <option key={item.slug} value={item.slug}>
          {item.name}
        </option>
      ))}
    </Select>
  );
}
