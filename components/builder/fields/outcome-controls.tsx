"use client";
import { X } from "lucide-react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { asObject } from "@/core/json";
import { useBuilder } from "@/components/builder/state/use-builder";
import { useStepForm } from "@/components/builder/state/step-form";
import type { LocatedNode } from "@/components/builder/state/locate-node";
import type { Operation } from "@/core/workflow/edit/operation";
import { elementProps, textOf, type ControlProps } from "./control-props";
import { AddButton, listOf } from "./list-controls";
import { RowButton } from "./row-button";

const timeoutWords: Readonly<Record<string, string>> = {
  fail: "The run fails",
  approve: "It counts as approved",
  reject: "It counts as rejected",
  escalate: "Somebody else is asked",
};

/** What happens when time is up: a setting of the step, or a way out of its own. The two exclude each other. */
export function OnTimeoutControl({ control, names, value }: ControlProps<"on_timeout">) {
  const { node, located, change } = useStepForm();
  const edges = outgoing(located, control.handle);
  const target = titlesOf(located, control.handle);
  return (
    <Select
      {...elementProps(names)}
      value={textOf(value)}
      onChange={(event) => {
        const next = event.target.value;
        const drops = next !== "" && next !== "escalate" ? edges : [];
        change(
          [
            { path: ["onTimeout"], value: next === "" ? undefined : next },
            ...(next === "escalate" || node["escalateTo"] === undefined
              ? []
              : [{ path: ["escalateTo"], value: undefined }]),
          ],
          { also: drops, ...(drops.length === 0 ? {} : { say: "The timed out way is disconnected now" }) },
        );
      }}
    >
      <option value="">
        {target === "" ? "“Timed out” is not connected: the run fails" : `Goes on with ${target}`}
      </option>
      {control.choices.map((choice) => (
        <option key={choice} value={choice}>
          {timeoutWords[choice]}
        </option>
      ))}
    </Select>
  );
}

export function OnRejectControl({ names, value }: ControlProps<"on_reject">) {
  const { located, change } = useStepForm();
  const target = titlesOf(located, "rejected");
  return (
    <Select
      {...elementProps(names)}
      value={textOf(value)}
      onChange={(event) => {
        const fails = event.target.value === "fail";
        const drops = fails ? outgoing(located, "rejected") : [];
        change([{ path: ["onReject"], value: fails ? "fail" : undefined }], {
          also: drops,
          ...(drops.length === 0 ? {} : { say: "The rejected way is disconnected now" }),
        });
      }}
    >
      <option value="">
        {target === "" ? "“Rejected” is not connected: the run fails" : `Goes on with ${target}`}
      </option>
      <option value="fail">The run fails</option>
    </Select>
  );
}

const decisions = [
  { value: "approved", sentence: "Needed to approve" },
  { value: "rejected", sentence: "Needed to reject" },
] as const;

export function CommentRequiredControl({ names, value, onChange }: ControlProps<"comment_required">) {
  const chosen = listOf(value);
  return (
    <div role="group" aria-labelledby={names.labelId} className="flex flex-col">
      {decisions.map((decision, position) => (
        <label key={decision.value} className="flex min-h-8 items-center gap-2.5 max-sm:min-h-11">
          <input
            type="checkbox"
            id={position === 0 ? names.id : undefined}
            checked={chosen.includes(decision.value)}
            onChange={(event) => {
              const next = decisions
                .map((each) => each.value)
                .filter((each) => (each === decision.value ? event.target.checked : chosen.includes(each)));
              onChange(next.length === 0 ? undefined : next);
            }}
            className="size-4 shrink-0 accent-ink max-sm:size-5"
          />
          {decision.sentence}
        </label>
      ))}
    </div>
  );
}

/** Fields of the input that the decider may correct: those the schema names, or any other by its path. */
export function EditableInputsControl({ names, value, onChange }: ControlProps<"editable_inputs">) {
  const properties = useBuilder((state) => state.document.spec.inputSchema?.["properties"]);
  const chosen = listOf(value).map(textOf);
  const known = Object.keys(asObject(properties)).map((name) => `input.${name}`);
  const put = (next: readonly string[]) => onChange(next.length === 0 ? undefined : next);
  return (
    <div role="group" aria-labelledby={names.labelId} aria-describedby={names.describedBy} className="flex flex-col">
      {known.map((path, position) => (
        <label key={path} className="flex min-h-8 items-center gap-2.5 max-sm:min-h-11">
          <input
            type="checkbox"
            id={position === 0 ? names.id : undefined}
            checked={chosen.includes(path)}
            onChange={(event) => put(event.target.checked ? [...chosen, path] : chosen.filter((each) => each !== path))}
            className="size-4 shrink-0 accent-ink max-sm:size-5"
          />
          <span className="font-mono text-dense">{path}</span>
        </label>
      ))}
      {chosen.map((path, position) =>
        known.includes(path) ? null : (
          <span key={position} className="flex items-center gap-1 py-0.5">
            <Input
              aria-label={`${names.label} ${position + 1}`}
              className="h-8 font-mono text-dense"
              value={path}
              placeholder="input.amount"
              onChange={(event) => put(chosen.map((each, at) => (at === position ? event.target.value : each)))}
            />
            <RowButton aria-label={`Remove ${path}`} onClick={() => put(chosen.filter((_, at) => at !== position))}>
              <X size={15} aria-hidden />
            </RowButton>
          </span>
        ),
      )}
      <AddButton onClick={() => put([...chosen, "input."])}>Add another field</AddButton>
    </div>
  );
}

function outgoing({ node, scope }: LocatedNode, handle: string): Operation[] {
  return scope.edges
    .filter((edge) => edge.from === node.id && edge.case === handle)
    .map((edge) => ({ op: "disconnect", from: edge.from, case: edge.case, to: edge.to }));
}

function titlesOf({ node, scope }: LocatedNode, handle: string): string {
  return scope.edges
    .filter((edge) => edge.from === node.id && edge.case === handle)
    .map(({ to }) => scope.nodes.find(({ id }) => id === to)?.name ?? to)
    .join(" and ");
}
