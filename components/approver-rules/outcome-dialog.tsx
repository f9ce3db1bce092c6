"use client";
import { useState } from "react";
import { refuses, ruleLimits, type RuleOtherwise, type RuleOutcome } from "@/core/approver-rules/document";
import { quorumModes, type QuorumMode } from "@/core/quorum";
import { PeoplePicker } from "@/components/people/people-picker";
import { quorumModeWords } from "@/components/people/quorum-modes";
import { FormDialog } from "@/components/ui/form-dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { CheckLine } from "./check-line";

interface OutcomeDialogProps {
  title: string;
  outcome: RuleOtherwise;
  /** The last row may refuse. */
  mayRefuse: boolean;
  names: Readonly<Record<string, string>>;
  onClose: () => void;
  onDone: (outcome: RuleOtherwise) => void;
}

/** Who decides by a row, how many of them, and on what conditions. */
export function OutcomeDialog({ title, outcome, mayRefuse, names, onClose, onDone }: OutcomeDialogProps) {
  const [refused, setRefused] = useState(refuses(outcome));
  const [draft, setDraft] = useState<RuleOutcome>(refuses(outcome) ? { assignTo: [], note: outcome.note } : outcome);
  const write = (part: Partial<RuleOutcome>) => setDraft({ ...draft, ...part });
  const mode = draft.quorum?.mode ?? "any";
  const comments = draft.commentRequiredOn ?? [];
  const comment = (word: "approved" | "rejected", on: boolean) =>
    write({ commentRequiredOn: on ? [...comments, word] : comments.filter((each) => each !== word) });
  const submit = () => {
    onDone(refused ? { refuse: true, note: draft.note } : tidied(draft));
  };
  return (
    <FormDialog
      onClose={onClose}
      title={title}
      act="Done"

      onSubmit={submit}
    >
      {mayRefuse && (
        <CheckLine checked={refused} onChange={setRefused}>
          Nobody may approve it: the step fails and says why
        </CheckLine>
      )}
      {!refused && (
        <>
          <Field label="Who decides">
            {(control) => (
              <PeoplePicker
                control={control}
                label="Who decides"
                refs={draft.assignTo}
                names={names}
                onChange={(assignTo) => write({ assignTo })}
              />
            )}
          </Field>
          <div className="grid grid-cols-[1fr_6rem] gap-4">
            <Field label="How many decide">
              {(control) => (
                <Select
                  {...control}
                  value={mode}
                  onChange={({ target }) => write({ quorum: quorumOf(target.value) })}
                  className="w-full"
                >
                  {quorumModes.map((each) => (
                    <option key={each} value={each}>
                      {quorumModeWords[each]}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            {(mode === "count" || mode === "percent") && (
              <Field label={mode === "count" ? "How many" : "Percent"}>
                {(control) => (
                  <Input
                    {...control}
                    type="number"
                    min={1}
                    max={100}
                    value={draft.quorum?.n ?? ""}
                    onChange={({ target }) => write({ quorum: { mode, n: positive(target.value) } })}
                  />
                )}
              </Field>
            )}
          </div>
          <fieldset className="flex flex-col">
            <legend className="mb-1 text-dense font-medium">Conditions</legend>
            <CheckLine
              checked={draft.requesterCannotApprove === true}
              onChange={(on) => write({ requesterCannotApprove: on })}
            >
              Whoever asked may not decide
            </CheckLine>
            <CheckLine checked={comments.includes("approved")} onChange={(on) => comment("approved", on)}>
              A comment is needed to approve
            </CheckLine>
            <CheckLine checked={comments.includes("rejected")} onChange={(on) => comment("rejected", on)}>
              A comment is needed to reject
            </CheckLine>
          </fieldset>
          <Field label="Decide within, in hours" optional hint="Left empty: as the step says.">
            {(control) => (
              <Input
                {...control}
                type="number"
                min={0}
                step="any"
                value={draft.timeoutHours ?? ""}
                onChange={({ target }) => write({ timeoutHours: positive(target.value) })}
              />
            )}
          </Field>
          {draft.timeoutHours !== undefined && (
            <Field label="Then ask" optional hint="Left empty: what the step says happens when time is up.">
              {(control) => (
                <PeoplePicker
                  control={control}
                  label="Then ask"
                  refs={draft.escalateTo ?? []}
                  names={names}
                  onChange={(escalateTo) => write({ escalateTo })}
                />
              )}
            </Field>
          )}
        </>
      )}
      <Field label="Note" optional hint="Stands on the card.">
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={ruleLimits.note}
            value={draft.note ?? ""}
            onChange={({ target }) => write({ note: target.value })}
          />
        )}
      </Field>
    </FormDialog>
  );
}

/** Without what says nothing, so that two tables that say the same are the same. */
function tidied(outcome: RuleOutcome): RuleOutcome {
  const { assignTo, quorum, requesterCannotApprove, commentRequiredOn = [], timeoutHours, escalateTo = [] } = outcome;
  const note = outcome.note?.trim() ?? "";
  return {
    assignTo,
    ...(quorum === undefined || quorum.mode === "any" ? {} : { quorum }),
    ...(requesterCannotApprove === true ? { requesterCannotApprove } : {}),
    ...(commentRequiredOn.length === 0 ? {} : { commentRequiredOn }),
    ...(timeoutHours === undefined ? {} : { timeoutHours }),
    ...(timeoutHours === undefined || escalateTo.length === 0 ? {} : { escalateTo }),
    ...(note === "" ? {} : { note }),
  };
}

function quorumOf(text: string): RuleOutcome["quorum"] {
  const mode = quorumModes.find((each): each is QuorumMode => each === text) ?? "any";
  if (mode === "any") return undefined;
  return mode === "count" ? { mode, n: 2 } : mode === "percent" ? { mode, n: 50 } : { mode };
}

function positive(text: string): number | undefined {
  const value = Number(text);
  return text.trim() !== "" && Number.isFinite(value) && value > 0 ? value : undefined;
}
