"use client";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { findAction } from "@/connectors/definitions";
import type { ConnectionItem } from "@/core/contracts/connection";
import { ExpressionEditor } from "@/components/builder/expression/expression-editor";
import { useStepForm } from "@/components/builder/state/step-form";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Select } from "@/components/ui/select";
import { AddConnectionDialog } from "@/components/connections/add-connection-dialog";
import { elementProps, textOf, type ControlProps } from "./control-props";
import { editorNames } from "./text-controls";

const fromData = "${";

/** The organization's connections, those of the action's connector first, and a way to add one here. */
export function ConnectionControl({ names, value, onChange }: ControlProps<"connection">) {
  const api = useTRPC();
  const { node } = useStepForm();
  const list = useQuery(api.connections.list.queryOptions());
  const [adding, setAdding] = useState(false);
  const chosen = textOf(value);
  const action = findAction(textOf(node["tool"]));
  const items = ordered(list.data?.items ?? [], action?.connector.id ?? null);
  const usual = action?.connector.defaultConnection ?? null;
  const templated = chosen.includes("${");
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex items-center gap-2">
        <Select
          {...elementProps(names)}
          value={templated ? fromData : chosen}
          className="flex-1"
          onChange={(event) => {
            const next = event.target.value;
            onChange(next === "" ? undefined : next === fromData ? "${input.connection}" : next);
          }}
        >
          <option value="">{usual === null ? "Choose…" : `The usual one (${usual})`}</option>
          {chosen !== "" && !templated && !items.some((item) => item.slug === chosen) && (
            <option value={chosen}>{list.isSuccess ? `${chosen} (not there)` : chosen}</option>
          )}
          {items.map((item) => (
            <option key={item.slug} value={item.slug}>
              {`${item.name} (${item.slug})${item.is_live ? "" : " · sandbox"}`}
            </option>
          ))}
          <option value={fromData}>From the data…</option>
        </Select>
        <Button size="normal" icon={<Plus size={15} aria-hidden />} onClick={() => setAdding(true)}>
          Add connection
        </Button>
      </div>
      {templated && (
        <ExpressionEditor kind="template" {...editorNames(names)} id={undefined} value={chosen} onChange={onChange} />
      )}
      {list.isError && (
        <p role="alert" className="text-label text-failed">
          The connections did not load. {list.error.message}
        </p>
      )}
      {adding && (
        <AddConnectionDialog
          connector={action?.connector.id ?? "http"}
          onClose={() => setAdding(false)}
          onAdded={(slug) => {
            setAdding(false);
            onChange(slug);
          }}
        />
      )}
    </div>
  );
}

function ordered(items: readonly ConnectionItem[], connector: string | null): ConnectionItem[] {
  const fits = (item: ConnectionItem) => (connector === null || item.connector === connector ? 0 : 1);
  return [...items].sort((a, b) => fits(a) - fits(b) || a.name.localeCompare(b.name));
}
