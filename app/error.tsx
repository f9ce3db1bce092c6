"use client";
import { CenteredPage } from "@/components/shell/centered-page";
import { Button } from "@/components/ui/button";

export default function ErrorPage({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <CenteredPage
      title="This page broke"
      text="The fault is ours and your data is untouched. Try again; if it stays broken, give your administrator the code below."
    >
      {error.digest !== undefined && <p className="font-mono text-dense text-ink-3">{error.digest}</p>}
      <Button look="primary" onClick={reset}>
        Try again
      </Button>
    </CenteredPage>
  );
}
