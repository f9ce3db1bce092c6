/** The ring with a bar: half an H, half a pause sign. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      strokeWidth={3}
      aria-hidden="true"
    >
      <circle cx="16" cy="16" r="12.5" />
      <path d="M12 10.5v11M20 10.5v11M12 16h8" strokeLinecap="round" />
    </svg>
  );
}
