import type { Json } from "@/core/json";

/** A value as indented JSON. Scrolls inside itself, also by keyboard. */
export function JsonView({ label, value }: { label: string; value: Json }) {
  return (
    <pre
      // A scrolling region must be reachable by keyboard.
      tabIndex={0}
      role="region"
      aria-label={label}
      className="max-h-72 overflow-auto rounded-control bg-sunken p-3 font-mono text-label leading-5 text-ink"
    >
      {JSON.stringify(value, null, 2)}
    </pre>
  );
}
