"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Json } from "@/core/json";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { JsonView } from "@/components/ui/json-view";
import { Notice } from "@/components/ui/notice";

type Side = "input" | "output";

interface ShownValueProps {
  label: string;
  value: Json;
  side: Side;
  /** Null: the value is whole. `stepId` null: the run's own. */
  cut: { runId: string; stepId: string | null } | null;
}

/** A recorded value; where only its beginning came, all of it is one press away. */
export function ShownValue({ cut, ...shown }: ShownValueProps) {
  return cut === null ? <JsonView label={shown.label} value={shown.value} /> : <CutValue {...shown} cut={cut} />;
}

type Cut = NonNullable<ShownValueProps["cut"]>;

function CutValue({ label, value, side, cut }: ShownValueProps & { cut: Cut }) {
  const [wanted, setWanted] = useState(false);
  const whole = useWhole(cut, wanted);
  if (whole.data) return <JsonView label={label} value={whole.data[side]} />;
  return (
    <div className="flex flex-col gap-2">
      <JsonView label={label} value={startOf(value)} />
      {whole.error && <Notice tone="failed">{whole.error.message}</Notice>}
      <Button
        className="self-start"
        busy={whole.isFetching}
        onClick={() => {
          setWanted(true);
        }}
      >
        Show all
      </Button>
    </div>
  );
}

function useWhole({ runId, stepId }: Cut, wanted: boolean) {
  const api = useTRPC();
  const step = useQuery(
    api.runs.step.queryOptions({ id: runId, stepId: stepId ?? "" }, { enabled: wanted && stepId !== null }),
  );
  const run = useQuery(api.runs.values.queryOptions({ id: runId }, { enabled: wanted && stepId === null }));
  return stepId === null ? run : step;
}

/** `{truncated, start}` is how a cut value travels; people see where it begins. */
function startOf(value: Json): Json {
  const isCut = typeof value === "object" && value !== null && !Array.isArray(value) && value["truncated"] === true;
  return isCut ? (value["start"] ?? null) : value;
}
