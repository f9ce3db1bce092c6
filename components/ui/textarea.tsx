import { clsx } from "clsx";
import type { ComponentProps } from "react";
import { controlClass } from "./control-class";

export function Textarea({ className, rows = 3, ...rest }: ComponentProps<"textarea">) {
  return <textarea {...rest} rows={rows} className={clsx(controlClass, "resize-y py-2", className)} />;
}
