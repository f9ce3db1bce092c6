"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import type { MyRequestDetail } from "@/core/contracts/request";
import type { JsonObject } from "@/core/json";
import { RequestActs } from "@/components/conversation/request-acts";
import { requestFaces } from "@/components/conversation/request-faces";
import { RequestSteps } from "@/components/conversation/request-steps";
import { answerRows } from "@/components/fields/answer-rows";
import { personsLocale } from "@/components/fields/persons-locale";
import { Page } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc";
import { buttonClass } from "@/components/ui/button-look";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { Facts } from "@/components/ui/facts";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toneText } from "@/components/ui/tone";
import { VisibleText } from "@/components/ui/visible-text";
import { RequestWords } from "./request-words";
import { useKeptFocus } from "./use-kept-focus";

/** One request of this member: how it stands, what they answered and were told, and what they can do about it. */
export function MyRequestScreen({ id }: { id: string }) {
  const api = useTRPC();
  const queryClient = useQueryClient();
  const request = useQuery(api.requests.get.queryOptions({ runId: id }));
  const refresh = () => queryClient.invalidateQueries({ queryKey: api.requests.pathKey() });
  const nudge = useMutation(api.requests.nudge.mutationOptions({ networkMode: "always", onSettled: refresh }));
  const withdraw = useMutation(api.requests.withdraw.mutationOptions({ networkMode: "always", onSettled: refresh }));
  const { state = "", nudgedAt = null } = request.data ?? {};
  const heading = useKeptFocus(`${state} ${nudgedAt ?? ""}`, !nudge.isIdle || !withdraw.isIdle);
  if (!request.data)
    return (
      <Page>
        {request.error ? (
          <ErrorState
            title="This request did not load"
            message={request.error.message}
            onRetry={() => void request.refetch()}
          />
        ) : (
          <SkeletonRows rows={5} label="Loading your request" />
        )}
      </Page>
    );
  const { title, subject, askedAt, steps, words, schema, values, mayOpenRun } = request.data;
  const problem = nudge.error ?? withdraw.error;
  // A schema's answers are a JSON document.
  const answers = answerRows(schema, values as JsonObject, { locale: personsLocale() });
  return (
    <Page>
      <div className="mx-auto flex max-w-[680px] flex-col gap-6">
        <header>
          <nav aria-label="Where you are" className="mb-3 text-dense text-ink-2">
            <Link href="/requests" className="hover:underline">
              My requests
            </Link>
          </nav>
          <h1 ref={heading} tabIndex={-1} className="text-heading font-semibold [overflow-wrap:anywhere]">
            <VisibleText text={title} />
          </h1>
          <p className="text-ink-2 [overflow-wrap:anywhere]">
            {subject !== null && (
              <>
                <VisibleText text={subject} /> ·{" "}
              </>
            )}
            <RelativeTime at={askedAt} prefix="asked " />
          </p>
        </header>
        {problem && <Notice tone="failed">{problem.message}</Notice>}
        <Card bar={requestFaces[request.data.state].tone} className="px-4 py-3">
          <Standing request={request.data} />
          {steps.length > 0 && <RequestSteps steps={steps} />}
          <RequestActs
            request={request.data}
            acting={{
              busy: nudge.isPending || withdraw.isPending,
              nudge: (runId) => {
                withdraw.reset();
                nudge.mutate({ runId });
              },
              withdraw: (runId, reason) => {
                nudge.reset();
                withdraw.mutate({ runId, reason });
              },
            }}
          />
        </Card>
        <RequestWords title="What you were told" words={words} />
        {answers.length > 0 && (
          <section aria-label="What you answered">
            <h2 className="mb-2 text-reading font-semibold">What you answered</h2>
            <Facts items={answers} />
          </section>
        )}
        {mayOpenRun && (
          <Link href={`/runs/${id}`} className={buttonClass({ look: "quiet" })}>
            Open the run
          </Link>
        )}
      </div>
    </Page>
  );
}

function Standing({ request }: { request: MyRequestDetail }) {
  const { state, label, since, usual, isOver, why } = request;
  const { icon: Icon, tone } = requestFaces[state];
  return (
    <div role="status">
      <p className="flex items-start gap-2 font-semibold">
        <Icon size={18} aria-hidden className={`mt-0.5 shrink-0 ${toneText[tone]}`} />
        <span className="min-w-0 [overflow-wrap:anywhere]">{label}</span>
      </p>
      <p className="text-dense text-ink-2">
        <RelativeTime at={since} />
        {usual !== null && <> · usually {usual}</>}
      </p>
      {isOver && why !== null && (
        <p className="mt-1 text-dense [overflow-wrap:anywhere]">
          “<VisibleText text={why} />”
        </p>
      )}
    </div>
  );
}
