"use client";
import { Suspense, lazy } from "react";
import { loadLater } from "@/components/ui/load-later";
import type { CodeFieldProps } from "./code-field";

const CodeField = lazy(() => loadLater(() => import("./code-field")).then((module) => ({ default: module.CodeField })));

/** The code editor; its few hundred kilobytes are fetched when the first field of this kind is shown. */
export function LazyCodeField(props: CodeFieldProps) {
  return (
    <Suspense fallback={<Preview {...props} />}>
      <CodeField {...props} />
    </Suspense>
  );
}

/** The same text at the same place, for the moment before the editor is there. */
function Preview({ value, language }: CodeFieldProps) {
  return (
    <p
      className={`min-h-[34px] px-2.5 py-[7px] break-words whitespace-pre-wrap ${language === "template" ? "" : "font-mono text-dense"}`}
    >
      {value}
    </p>
  );
}
