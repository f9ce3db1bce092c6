"use client";
import { Switch as Base } from "@base-ui/react/switch";

/** On or off at once. `reason` says why it cannot be changed. */
export function Switch({
  label,
  checked,
  onChange,
  disabled = false,
  reason,
}: {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  reason?: string | null;
}) {
  return (
    <span className="inline-flex items-center gap-2" title={disabled ? (reason ?? undefined) : undefined}>
      <Base.Root
        aria-label={label}
        checked={checked}
        disabled={disabled}
        onCheckedChange={(next) => onChange(next)}
        className="relative h-5 w-9 shrink-0 cursor-pointer rounded-full border border-control bg-sunken transition-colors duration-[120ms] data-[checked]:border-ink data-[checked]:bg-ink data-[disabled]:cursor-not-allowed data-[disabled]:opacity-55"
      >
        <Base.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-control transition-transform duration-[120ms] data-[checked]:translate-x-[18px] data-[checked]:bg-ground" />
      </Base.Root>
      <span aria-hidden className="text-body font-medium">
        {label}
      </span>
    </span>
  );
}
