"use client";
import { useEffect, useId, useRef, useState } from "react";
import { maxSignedBy } from "@/core/file-types";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { askedFiles, readFileEntries, writeFileEntries } from "./file-entry";
import { FileProgress } from "./file-progress";
import { QuestionFrame } from "./question-frame";
import type { QuestionProps } from "./question-props";
import { SignaturePad, type Pad } from "./signature-pad";
import { useAdding } from "./use-adding";

/** A signature: drawn, and the name beside it. Whoever does not draw signs with the name alone. */
export function SignatureField({ field, path, value, problemAt, onChange }: QuestionProps) {
  const id = useId();
  const [signed] = readFileEntries(value);
  const [name, setName] = useState("");
  const [missing, setMissing] = useState<string | null>(null);
  const pad = useRef<Pad>(null);
  const box = useRef<HTMLDivElement>(null);
  const focusFirst = () => box.current?.querySelector<HTMLElement>("[name], button")?.focus();
  // What had the focus goes away when somebody has signed, or signs again: it goes on to what is there then.
  const moved = useRef(false);
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    focusFirst();
  }, [signed?.id]);
  const signer = name.trim();
  const adding = useAdding(path, askedFiles(field)?.maxBytes ?? 0, (file) => {
    moved.current = true;
    onChange(writeFileEntries([{ ...file, signedBy: signer }]), path);
  });
  const sign = async () => {
    setMissing(signer === "" ? "Write your name first." : null);
    if (signer === "") return focusFirst();
    const blob = await pad.current?.picture(signer);
    if (blob) adding.add([{ name: "signature.png", blob }]);
  };
  const error = missing ?? adding.problem ?? problemAt(path);
  return (
    <QuestionFrame id={id} field={field} hint="" error={error}>
      <div ref={box} className="flex flex-col gap-3 rounded-control border border-control p-3">
        {signed === undefined ? (
          <>
            <Field label="Your name" error={null}>
              {(control) => (
                <Input
                  {...control}
                  name={path}
                  autoComplete="name"
                  maxLength={maxSignedBy}
                  value={name}
                  aria-describedby={`${id}-about`}
                  aria-invalid={error === undefined ? undefined : true}
                  onChange={(event) => {
                    setName(event.target.value);
                    setMissing(null);
                  }}
                />
              )}
            </Field>
            <SignaturePad ref={pad} />
            <FileProgress adding={adding} onStop={focusFirst} />
            <div className="flex gap-2">
              <Button onClick={() => pad.current?.clear()}>Clear the drawing</Button>
              <Button look="primary" busy={adding.now !== null} onClick={() => void sign()}>
                Sign
              </Button>
            </div>
          </>
        ) : (
          <div className="flex flex-wrap items-center justify-between gap-2">
            <p role="status" className="min-w-0 [overflow-wrap:anywhere]">
              Signed by <span className="font-medium">{signed.signedBy}</span>
            </p>
            <Button
              onClick={() => {
                setName(signed.signedBy ?? "");
                moved.current = true;
                onChange("", path);
              }}
            >
              Sign again
            </Button>
          </div>
        )}
      </div>
    </QuestionFrame>
  );
}
