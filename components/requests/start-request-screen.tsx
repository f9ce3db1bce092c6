"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { formDrafts } from "@/components/data/draft-store";
import { SchemaForm } from "@/components/fields/schema-form";
import { Page, PageHeader } from "@/components/shell/page-header";
import { buttonClass } from "@/components/ui/button-look";
import { Card } from "@/components/ui/card";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";

/** The form of one request; sent, it leads to where it is followed. */
export function StartRequestScreen({ slug }: { slug: string }) {
  const api = useTRPC();
  const router = useRouter();
  const requests = useQuery(api.triggers.requests.queryOptions());
  // Made once per opened form: sent twice, it is still one request.
  const [submissionId] = useState(() => crypto.randomUUID());
  const keepAs = `request ${slug}`;
  const start = useMutation(
    api.triggers.startRequest.mutationOptions({
      onSuccess: ({ runId }) => {
        formDrafts.remove(keepAs);
        router.push(`/requests/${runId}`);
      },
    }),
  );
  const request = requests.data?.items.find((each) => each.slug === slug);
  if (!request)
    return (
      <Page>
        {requests.error ? (
          <ErrorState
            title="This request did not load"
            message={requests.error.message}
            onRetry={() => void requests.refetch()}
          />
        ) : requests.data ? (
          <PageHeader
            title="This cannot be requested"
            note="It is not published, switched off, or starts in another way."
            actions={
              <Link href="/requests/start" className={buttonClass()}>
                See what can be requested
              </Link>
            }
          />
        ) : (
          <SkeletonRows rows={4} label="Loading the form" />
        )}
      </Page>
    );
  return (
    <Page>
      <div className="mx-auto max-w-[680px]">
        <nav aria-label="Where you are" className="mb-3 text-dense text-ink-2">
          <Link href="/requests/start" className="hover:underline">
            Start a request
          </Link>
        </nav>
        <PageHeader title={request.name} note={request.description} />
        <Card className="p-4 sm:p-6">
          <SchemaForm
            schema={request.schema}
            submitLabel="Send request"
            busy={start.isPending || start.isSuccess}
            problem={start.error}
            keepAs={keepAs}
            hidden={request.hidden}
            onSubmit={(values) => start.mutate({ slug, values, submissionId })}
          />
        </Card>
      </div>
    </Page>
  );
}
