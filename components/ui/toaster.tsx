"use client";
import { Toaster as Sonner } from "sonner";

/** Toasts only confirm what the page also shows; they never carry the only copy of an error. */
export function Toaster() {
  return (
    <Sonner
      position="top-right"
      offset={68}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "font-sans flex w-full items-center gap-2 rounded-card border border-hairline bg-ink px-4 py-3 text-body text-ground shadow-lg",
        },
      }}
    />
  );
}
