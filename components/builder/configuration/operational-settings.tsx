"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { OperationalSettings as Settings } from "@/core/contracts/trigger";
import { useBuilder } from "@/components/builder/state/use-builder";
import { useTRPC } from "@/components/trpc";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { RetentionField } from "./retention-field";
import { activeWords, cannotSwitchReason } from "./operational-words";

/** What acts at once and is no part of a version. */
export function OperationalSettings() {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const slug = useBuilder((state) => state.slug);
  const settings = useQuery(api.triggers.operational.queryOptions({ slug }));
  const refresh = () => queryClient.invalidateQueries();
  const change = useMutation(api.triggers.setOperational.mutationOptions({ onSettled: refresh }));
  const review = useMutation(api.drafts.setReviewRequired.mutationOptions({ onSettled: refresh }));
  if (settings.error) return <Notice tone="failed">These settings did not load: {settings.error.message}</Notice>;
  if (!settings.data) return <SkeletonRows rows={3} label="Loading the settings" />;
  const problem = change.error ?? review.error;
  const { data } = settings;
  return (
    <div className="flex flex-col gap-5">
      {problem && <Notice tone="failed">{problem.message}</Notice>}
      <ActiveToggle settings={data} busy={change.isPending} onChange={(enabled) => change.mutate({ slug, enabled })} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="While a draft waits"
          hint="What starts between a change of the newest version over the API and its publishing. Edits on this page never stop the live version."
        >
          {(control) => (
            <Select
              {...control}
              value={data.whileDraft}
              disabled={!data.may.edit || change.isPending}
              onChange={(event) =>
                change.mutate({
                  slug,
                  whileDraft: event.target.value === "block" ? "block" : "serve_published",
                })
              }
            >
              <option value="serve_published">The published version goes on</option>
              <option value="block">Nothing starts until it is published</option>
            </Select>
          )}
        </Field>
        <RetentionField
          days={data.retentionDays}
          readOnly={!data.may.edit}
          busy={change.isPending}
          onSave={(retentionDays) => change.mutate({ slug, retentionDays })}
        />
      </div>
      <div className="flex flex-col gap-1">
        <Switch
          label="A second person reviews every publish"
          checked={data.reviewRequired}
          disabled={!data.may.requireReview || review.isPending}
          reason={data.may.requireReview ? null : "Owners and admins switch this."}
          onChange={(on) => review.mutate({ slug, on })}
        />
        <p className="text-dense text-ink-2">Publishing then asks for review, and nobody approves their own draft.</p>
      </div>
    </div>
  );
}

function ActiveToggle({
  settings,
  busy,
  onChange,
}: {
  settings: Settings;
  busy: boolean;
  onChange: (enabled: boolean) => void;
}) {
  const reason = cannotSwitchReason(settings);
  return (
    <div className="flex flex-col gap-1">
      <Switch
        label="Active"
        checked={settings.enabled && settings.publishedVersion !== null}
        disabled={busy || reason !== null}
        reason={reason}
        onChange={onChange}
      />
      <p className="text-dense text-ink-2">{reason ?? activeWords(settings)}</p>
    </div>
  );
}
