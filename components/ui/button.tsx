import { clsx } from "clsx";
import { LoaderCircle } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { buttonClass, type ButtonLook } from "./button-look";

interface ButtonProps extends Omit<ComponentProps<"button">, "disabled">, ButtonLook {
  icon?: ReactNode;
  /** Work is going on: shows a spinner, keeps the width, ignores clicks but stays focusable. */
  busy?: boolean;
  disabled?: boolean;
  /** Ignores presses for a moment, and looks as ever. */
  resting?: boolean;
  /** Says why the button is disabled: shown on hover and read by screen readers. */
  reason?: string | null;
}

export function Button({
  look,
  size,
  icon,
  busy = false,
  disabled = false,
  resting = false,
  reason,
  className,
  children,
  onClick,
  type = "button",
  ...rest
}: ButtonProps) {
  const inert = busy || disabled;
  return (
    <button
      {...rest}
      type={type}
      // aria-disabled instead of disabled: the reason stays reachable by keyboard.
      aria-disabled={inert || resting || undefined}
      aria-busy={busy || undefined}
      title={disabled ? (reason ?? undefined) : rest.title}
      className={clsx(buttonClass({ look, size }), inert && "cursor-not-allowed opacity-55", className)}
      onClick={(event) => {
        if (inert || resting) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {busy ? <LoaderCircle size={16} className="animate-turn" aria-hidden /> : icon}
      {children}
    </button>
  );
}
