"use client";
import { useQuery } from "@tanstack/react-query";
import { Download as DownloadIcon } from "lucide-react";
import { useState } from "react";
import { filesIn } from "@/core/contracts/file";
import type { Json } from "@/core/json";
import { isJsonObject } from "@/core/json-guard";
import { OpenFiles } from "@/components/fields/open-file";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-look";
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
  const files = filesIn(shown.value);
  return (
    <div className="flex flex-col gap-2">
      {files.length > 0 && <OpenFiles files={files} />}
      {cut === null ? <JsonView label={shown.label} value={shown.value} /> : <CutValue {...shown} cut={cut} />}
    </div>
  );
}

type Cut = NonNullable<ShownValueProps["cut"]>;

function CutValue({ label, value, side, cut }: ShownValueProps & { cut: Cut }) {
  const [wanted, setWanted] = useState(false);
  const whole = useWhole(cut, wanted);
  if (whole.data)
    return (
      <div className="flex flex-col items-start gap-2 [&>pre]:w-full">
        <JsonView label={label} value={whole.data[side]} />
        <Download label={label} side={side} cut={cut} />
      </div>
    );
  return (
    <div className="flex flex-col gap-2">
      <JsonView label={label} value={startOf(value)} />
      {whole.error && <Notice tone="failed">{whole.error.message}</Notice>}
      <div className="flex flex-wrap gap-2">
        <Button
          busy={whole.isFetching}
          onClick={() => {
            setWanted(true);
          }}
        >
          Show all
        </Button>
        <Download label={label} side={side} cut={cut} />
      </div>
    </div>
  );
}

/** The whole value as a file, without showing it. */
function Download({ label, side, cut: { runId, stepId } }: { label: string; side: Side; cut: Cut }) {
  const step = stepId === null ? "" : `/steps/${encodeURIComponent(stepId)}`;
  return (
    <a
      href={`/api/v1/runs/${encodeURIComponent(runId)}${step}/values/${side}`}
      download
      className={buttonClass()}
      aria-label={`Download: ${label}`}
    >
      <DownloadIcon size={15} aria-hidden /> Download
    </a>
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
  const isCut = isJsonObject(value) && value["truncated"] === true;
  return isCut ? (value["start"] ?? null) : value;
}
