"use client";
import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";

interface DialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the primary one last. */
  footer?: ReactNode;
  /** Asked when it has closed: true gives the focus back to where it was, false leaves it to whoever answers. */
  finalFocus?: () => boolean;
}

/** Traps focus, gives it back on close, closes on Escape. Full width at the bottom of a phone. */
export function Dialog({ open, onOpenChange, title, description, children, footer, finalFocus }: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 animate-appear bg-[rgb(20_20_18/0.45)]" />
        <Base.Popup
          {...(finalFocus ? { finalFocus } : {})}
          className="fixed inset-x-0 bottom-0 z-50 flex max-h-[90dvh] animate-arrive flex-col rounded-t-card border border-hairline bg-surface sm:inset-x-auto sm:top-[12dvh] sm:bottom-auto sm:left-1/2 sm:w-[480px] sm:max-h-[76dvh] sm:-translate-x-1/2 sm:rounded-card"
        >
          <Base.Title className="pr-14 pl-6 pt-5 text-reading font-semibold">{title}</Base.Title>
          {description && <Base.Description className="px-6 pt-1 text-body text-ink-2">{description}</Base.Description>}
          <div className="min-h-0 flex-1 overflow-y-auto px-6 py-4">{children}</div>
          {footer && (
            <div className="flex flex-wrap justify-end gap-2 border-t px-6 py-4 max-sm:[&>*]:flex-1">{footer}</div>
          )}
          {/* Last, so that the first field or button gets the focus when the dialog opens. */}
          <Base.Close
            aria-label="Close"
            className="absolute top-3 right-4 rounded-control p-2 text-ink-2 hover:bg-sunken hover:text-ink"
          >
            <X size={18} aria-hidden />
          </Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
