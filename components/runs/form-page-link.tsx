"use client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

/** Where a form is filled in by somebody who is no member: asked for by a colleague who sends it on, since asking is noted. */
export function FormPageLink({ waitpointId, name }: { waitpointId: string; name: string }) {
  const api = useTRPC();
  const [isCopied, setIsCopied] = useState(false);
  const address = useMutation(
    api.runs.formAddress.mutationOptions({
      onSuccess: ({ url }) =>
        void navigator.clipboard.writeText(url).then(
          () => setIsCopied(true),
          () => setIsCopied(false),
        ),
    }),
  );
  const said = address.error?.message ?? (isCopied ? "Copied. Send it to whoever is to fill it in." : null);
  return (
    <div className="mt-2 flex flex-col gap-1.5">
      <div className="flex flex-wrap items-center gap-2">
        <Button
          size="dense"
          className="max-sm:h-11"
          busy={address.isPending}
          onClick={() => address.mutate({ waitpointId })}
          aria-label={`Copy the link of the form ${name}`}
        >
          Copy the form&apos;s link
        </Button>
        {address.data && !isCopied && (
          <Input
            readOnly
            aria-label={`Link of the form ${name}`}
            value={address.data.url}
            onFocus={(event) => event.target.select()}
            className="max-w-96 min-w-0 flex-[1_1_240px] font-mono"
          />
        )}
      </div>
      <p role="status" className="text-label text-ink-2">
        {said ?? "Whoever has it can answer. You count as one of them, and cannot approve alone what comes of it."}
      </p>
    </div>
  );
}
