"use client";
import { useId, useRef, type ReactNode } from "react";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Notice } from "./notice";
import { sendsWriting } from "./shortcuts";

interface FormDialogProps {
  title: string;
  description?: ReactNode;
  /** What the button says that sends it. */
  act: string;
  busy?: boolean;
  /** There is nothing yet that could be sent. */
  disabled?: boolean;
  /** What went wrong the last time. */
  error?: string | null;
  /** By its button, by Enter in a line, and by Ctrl Enter anywhere. */
  onSubmit: () => void;
  onClose: () => void;
  finalFocus?: () => boolean;
  children: ReactNode;
}

/** A dialog that asks for something and does one thing with it. */
export function FormDialog({
  title,
  description,
  act,
  busy = false,
  disabled = false,
  error = null,
  onSubmit,
  onClose,
  finalFocus,
  children,
}: FormDialogProps) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const submit = () => {
    onSubmit();
    // Drawn by then: whoever sent it goes on where something is wrong.
    setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      {...(finalFocus ? { finalFocus } : {})}
      title={title}
      {...(description === undefined ? {} : { description })}
      footer={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button look="primary" type="submit" form={id} busy={busy} disabled={disabled}>
            {act}
          </Button>
        </>
      }
    >
      <form
        id={id}
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (sendsWriting(event.nativeEvent)) submit();
        }}
        className="flex flex-col gap-4"
      >
        {error !== null && <Notice tone="failed">{error}</Notice>}
        {children}
      </form>
    </Dialog>
  );
}
