"use client";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc";
import { CenteredPage } from "@/components/shell/centered-page";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-look";
import { SkeletonRows } from "@/components/ui/skeleton";
import { LinkedDecision } from "./linked-decision";
import { ProvePerson } from "./prove-person";

/** The page behind the link in a mail: first who it is, then what waits for them. */
export function DecisionScreen({ token }: { token: string }) {
  const api = useTRPC();
  const page = useQuery(api.decisionLinks.look.queryOptions({ token }, { refetchOnWindowFocus: false }));
  if (page.data?.state === "shown")
    return <LinkedDecision token={token} page={page.data} refresh={() => void page.refetch()} />;
  if (page.data?.state === "locked")
    return (
      <ProvePerson
        token={token}
        askedAt={page.data.askedAt}
        signedInAsOther={page.data.signedInAsOther}
        over={page.data.over}
        isOutside={page.data.isOutside}
        onProven={() => void page.refetch()}
      />
    );
  if (page.data?.state === "taken_off")
    return (
      <CenteredPage
        title="You are not asked any more"
        text="Somebody else is asked by now. You need not do anything, and can close this page."
      />
    );
  if (page.data?.isOutside === true)
    return (
      <CenteredPage
        title="This link has expired"
        text="A link in a mail counts for 30 days. Write to whoever asked you if you still want to answer."
      />
    );
  if (page.data)
    return (
      <CenteredPage
        title="This link has expired"
        text="A link in a mail counts for 30 days. The inbox has what still waits for you."
      >
        <a href="/inbox" className={buttonClass({ look: "primary", size: "touch" })}>
          Open the inbox
        </a>
      </CenteredPage>
    );
  if (!page.error)
    return (
      <main className="mx-auto max-w-[680px] px-4 py-10">
        <SkeletonRows rows={5} label="Loading the request" />
      </main>
    );
  return (
    <CenteredPage title="This cannot be opened" text={page.error.message}>
      <Button onClick={() => void page.refetch()}>Try again</Button>
    </CenteredPage>
  );
}
