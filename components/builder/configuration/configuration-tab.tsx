"use client";
import { useId, type ReactNode } from "react";
import { Card } from "@/components/ui/card";
import { ConcurrencySettings } from "./concurrency-settings";
import { MaxAgeField } from "./max-age-field";
import { OperationalSettings } from "./operational-settings";
import { RetrySettings } from "./retry-settings";
import { useConfig } from "./use-config";
import { VariablesField } from "./variables-field";

/** How the workflow's runs behave. What belongs to a version goes into the draft; the rest acts at once. */
export function ConfigurationTab() {
  const part = useConfig();
  return (
    <div className="mx-auto flex w-full max-w-[840px] flex-col gap-6 pb-12">
      <Section title="Acts at once" note="No part of a version: no publish and no roll back changes it.">
        <OperationalSettings />
      </Section>
      <Section title="Time and retries" note={withVersion}>
        <RetrySettings {...part} />
        <MaxAgeField {...part} />
      </Section>
      <Section title="Concurrency" note={withVersion}>
        <ConcurrencySettings {...part} />
      </Section>
      <Section title="Variables" note={withVersion}>
        <VariablesField {...part} />
      </Section>
    </div>
  );
}

const withVersion = "Part of the version: saved in the draft, live once it is published.";

function Section({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id}>
      <h2 id={id} className="font-semibold">
        {title}
      </h2>
      <p className="mb-2 text-dense text-ink-2">{note}</p>
      <Card className="flex flex-col gap-4 p-4">{children}</Card>
    </section>
  );
}
