"use client";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState, type SyntheticEvent } from "react";
import { linkCodeLength, type LinkOver } from "@/core/contracts/decision-link";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Mark } from "@/components/ui/mark";
import { Notice } from "@/components/ui/notice";
import { RelativeTime } from "@/components/ui/relative-time";

interface ProvePersonProps {
  token: string;
  askedAt: string;
  signedInAsOther: boolean;
  /** It does not wait any more. */
  over: LinkOver | null;
  /** Of somebody without an account: nothing to sign in with, and nothing to read once it is over. */
  isOutside: boolean;
  onProven: () => void;
}

const overTitles: Record<LinkOver["how"], string> = {
  approved: "This was approved",
  rejected: "This was rejected",
  closed: "This does not wait any more",
};

/** Says no more than that something waits, or that it is over and by whom, until whoever looks has proven who they are: by a code, or by signing in. */
export function ProvePerson({ token, askedAt, signedInAsOther, over, isOutside, onProven }: ProvePersonProps) {
  const api = useTRPC();
  const box = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState("");
  const [tried, setTried] = useState(false);
  const send = useMutation(api.decisionLinks.sendCode.mutationOptions({ networkMode: "always" }));
  const prove = useMutation(api.decisionLinks.prove.mutationOptions({ networkMode: "always", onSuccess: onProven }));
  const sent = send.isSuccess;
  useEffect(() => {
    if (sent) box.current?.focus();
  }, [sent]);
  const isWhole = new RegExp(`^\\d{${String(linkCodeLength)}}$`).test(code);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (isWhole) prove.mutate({ token, code });
    else box.current?.focus();
  };
  const isOver = isOutside && over !== null;
  const problem = send.error ?? prove.error;
  return (
    <main className="mx-auto flex min-h-dvh max-w-[480px] flex-col justify-center gap-5 px-4 py-10">
      <header className="flex flex-col items-center gap-3 text-center">
        <Mark size={36} />
        <h1 className="text-heading font-semibold">
          {over === null ? "Something waits for your decision" : overTitles[over.how]}
        </h1>
        {over === null ? (
          <p className="text-ink-2">
            Asked <RelativeTime at={askedAt} />. Show first that it is you, then you read what it is about.
          </p>
        ) : (
          <p className="text-ink-2">
            {over.by !== null && `By ${over.by}, `}
            {over.at !== null && <RelativeTime at={over.at} />}. Nothing is left for you to decide.
            {!isOutside && " To read what it was about, show that it is you."}
          </p>
        )}
      </header>
      {!isOver && (
        <Card className="flex flex-col gap-4 p-4 sm:p-6">
          {problem && <Notice tone="failed">{problem.message}</Notice>}
          {signedInAsOther && (
            <Notice tone="quiet">You are signed in as somebody else than this mail was sent to.</Notice>
          )}
          {sent ? (
            <form onSubmit={submit} noValidate className="flex flex-col gap-4">
              <Field
                label="Code"
                hint="Six digits, in a mail to the address that the link was sent to. It counts for ten minutes."
                error={tried && !isWhole ? "Enter all six digits." : null}
              >
                {(control) => (
                  <Input
                    {...control}
                    ref={box}
                    inputMode="numeric"
                    autoComplete="one-time-code"
                    maxLength={linkCodeLength}
                    value={code}
                    className="figures text-center text-heading tracking-[0.4em]"
                    onChange={(event) => {
                      setCode(event.target.value.replaceAll(/\D/g, ""));
                      prove.reset();
                    }}
                  />
                )}
              </Field>
              <Button type="submit" look="primary" size="touch" busy={prove.isPending}>
                Show the request
              </Button>
            </form>
          ) : null}
          <Button
            look={sent ? "quiet" : "primary"}
            size={sent ? "normal" : "touch"}
            busy={send.isPending}
            onClick={() => {
              prove.reset();
              setCode("");
              setTried(false);
              send.mutate({ token });
              if (sent) box.current?.focus();
            }}
          >
            {sent ? "Send another code" : "Send me a code"}
          </Button>
        </Card>
      )}
      {!isOutside && (
        <p className="text-center text-ink-2">
          Or{" "}
          <a
            href={`/sign-in?next=${encodeURIComponent(`/d/${token}`)}`}
            className="text-link underline underline-offset-2"
          >
            sign in
          </a>{" "}
          and come back here.
        </p>
      )}
    </main>
  );
}
