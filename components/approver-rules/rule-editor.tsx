"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo, useReducer, useState } from "react";
import { toast } from "sonner";
import { ruleLimits } from "@/core/approver-rules/document";
import { ruleProblems } from "@/core/approver-rules/problems";
import { sameJson } from "@/core/json-guard";
import type { RuleDetail } from "@/core/contracts/approver-rule";
import { assigneeName } from "@/components/people/assignee-refs";
import { useAssignees } from "@/components/people/use-assignees";
import { PageHeader } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { DottedLine } from "@/components/ui/dotted-line";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { useLeaveWarning } from "@/components/ui/use-leave-warning";
import { PublishDialog } from "./publish-dialog";
import { QuestionFields } from "./question-fields";
import { RemoveRule } from "./remove-rule";
import { RuleRows } from "./rule-rows";
import { RulePart } from "./rule-part";
import { RuleVersions } from "./rule-versions";
import { Simulator } from "./simulator";
import { edited, work } from "./rule-edits";

interface RuleEditorProps {
  rule: RuleDetail;
  mayWrite: boolean;
  mayPublish: boolean;
}

/** What somebody writes stays on the page until it is saved; what others save meanwhile is told, never laid over it. */
export function RuleEditor({ rule, mayWrite, mayPublish }: RuleEditorProps) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const options = useAssignees();
  const [state, edit] = useReducer(edited, rule, ({ name, draft }) => work(name, draft.document));
  /** The draft that the page began with. */
  const [base, setBase] = useState(rule.draft.revision);
  const [publishing, setPublishing] = useState(false);
  const [lit, setLit] = useState<number | null>(null);
  const isSaved = state.name === rule.name && sameJson(plain(state.document), plain(rule.draft.document));
  const isBehind = rule.draft.revision !== base && !isSaved;
  useLeaveWarning(() => !isSaved);
  // Looked at by itself at once; who is there is looked at when it is saved.
  const problems = useMemo(
    () => (isSaved ? rule.problems : ruleProblems(state.document)),
    [isSaved, rule.problems, state.document],
  );
  const nameOf = (ref: string): string => {
    const known = Object.hasOwn(rule.names, ref) ? rule.names[ref] : undefined;
    return known ?? assigneeName(ref, options);
  };
  const save = useMutation(
    api.approverRules.save.mutationOptions({
      onSuccess: ({ revision }) => {
        setBase(revision);
        toast("Saved as a draft. It decides once it is published.");
      },
      onSettled: () => queryClient.invalidateQueries({ queryKey: api.approverRules.pathKey() }),
    }),
  );
  const load = () => {
    edit({ what: "load", name: rule.name, document: rule.draft.document });
    setBase(rule.draft.revision);
  };
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const whyNot = !isSaved
    ? "Save the draft first."
    : errors > 0
      ? "Correct what is marked first."
      : rule.has_changes
        ? null
        : "Nothing is different from what is live.";
  return (
    <>
      <PageHeader
        title={rule.name}
        note={
          <DottedLine
            parts={[
              rule.live_version === null ? "Decides nothing yet" : `Version ${String(rule.live_version)} decides`,
              rule.used_by.length === 0
                ? "No live workflow asks by it"
                : `Asked by ${rule.used_by.map(({ name }) => name).join(", ")}`,
              !isSaved && "Not saved",
            ]}
          />
        }
        actions={
          mayWrite && (
            <>
              <Button
                busy={save.isPending}
                disabled={isSaved}
                reason="Nothing was changed since it was saved."
                onClick={() =>
                  save.mutate({ key: rule.key, revision: base, name: state.name.trim(), document: state.document })
                }
              >
                Save draft
              </Button>
              {mayPublish && (
                <Button look="primary" disabled={whyNot !== null} reason={whyNot} onClick={() => setPublishing(true)}>
                  Publish…
                </Button>
              )}
            </>
          )
        }
      />
      <div className="flex flex-col gap-10">
        {save.error && <Notice tone="failed">{save.error.message}</Notice>}
        {isBehind && !save.isPending && (
          <Notice tone="quiet" action={<Button onClick={load}>Take their draft</Button>}>
            {rule.draft.by} saved this table meanwhile. Taking their draft drops what you changed here.
          </Notice>
        )}
        <RulePart title="Questions" note="What is asked about each request. Steps give the answers.">
          {mayWrite && (
            <Field label="Name of the table" className="max-w-[420px]">
              {(control) => (
                <Input
                  {...control}
                  maxLength={ruleLimits.name}
                  value={state.name}
                  onChange={({ target }) => edit({ what: "name", name: target.value })}
                />
              )}
            </Field>
          )}
          <QuestionFields
            questions={state.document.questions}
            problems={problems}
            readOnly={!mayWrite}
            onChange={(questions) => edit({ what: "questions", questions })}
          />
        </RulePart>
        <RulePart
          title="Rows"
          note={`The first row that fits decides. A value that is missing or cannot be told fits none: “otherwise” decides it.${mayWrite ? " Alt with an arrow key moves a row." : ""}`}
        >
          <RuleRows
            state={state}
            problems={problems}
            nameOf={nameOf}
            names={rule.names}
            lit={isSaved ? lit : null}
            readOnly={!mayWrite}
            onEdit={edit}
          />
        </RulePart>
        <Simulator rule={rule} isSaved={isSaved} onLit={setLit} />
        <RuleVersions rule={rule} mayWrite={mayWrite && isSaved} onRestored={setBase} onLoad={edit} />
        {mayPublish && <RemoveRule rule={rule} />}
      </div>
      {publishing && <PublishDialog rule={rule} onClose={() => setPublishing(false)} />}
    </>
  );
}

/** As it is stored: without what is undefined. */
function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value));
}
