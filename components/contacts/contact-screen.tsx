"use client";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { PaneSection } from "@/components/inbox/pane-section";
import { RunRows } from "@/components/runs/run-rows";
import { Page, PageHeader } from "@/components/shell/page-header";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Facts } from "@/components/ui/facts";
import { RelativeTime } from "@/components/ui/relative-time";
import { SkeletonRows } from "@/components/ui/skeleton";
import { ContactDialog } from "./contact-dialog";
import { ConversationRows } from "./conversation-rows";
import { FormRows } from "./form-rows";

/** One contact: who they are, and what there was with them. */
export function ContactScreen({ id }: { id: string }) {
  const api = useTRPC();
  const contact = useQuery(api.contacts.get.queryOptions({ id }));
  const history = useQuery(api.console.contact.queryOptions({ id }));
  const [editing, setEditing] = useState(false);
  if (!contact.data)
    return contact.error ? (
      <ErrorState
        title="This contact did not load"
        message={contact.error.message}
        onRetry={() => void contact.refetch()}
      />
    ) : (
      <SkeletonRows rows={8} label="Loading the contact" />
    );
  const { name, email, phone, plan, created_at: createdAt } = contact.data;
  return (
    <Page>
      <PageHeader
        title={name}
        note={<RelativeTime at={createdAt} prefix="First seen " />}
        actions={history.data?.mayChange === true && <Button onClick={() => setEditing(true)}>Edit</Button>}
      />
      <div className="flex flex-col gap-8">
        <div className="max-w-[680px]">
          <Facts
            items={[
              { label: "E-mail", value: email ?? "None" },
              { label: "Phone", value: phone ?? "None" },
              { label: "Plan", value: plan ?? "None" },
            ]}
          />
        </div>
        {history.data ? (
          <>
            <PaneSection title="Conversations">
              <ConversationRows conversations={history.data.conversations} />
            </PaneSection>
            <PaneSection title="Runs">
              {history.data.runs.length === 0 ? (
                <p className="text-ink-2">Nothing was started for them yet.</p>
              ) : (
                <RunRows items={history.data.runs} />
              )}
            </PaneSection>
            <PaneSection title="Forms">
              <FormRows forms={history.data.forms} />
            </PaneSection>
          </>
        ) : history.error ? (
          <ErrorState
            title="Their history did not load"
            message={history.error.message}
            onRetry={() => void history.refetch()}
          />
        ) : (
          <SkeletonRows label="Loading their history" />
        )}
      </div>
      {editing && <ContactDialog contact={contact.data} onOpenChange={setEditing} />}
    </Page>
  );
}
