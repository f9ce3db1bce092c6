"use client";
import { useMutation } from "@tanstack/react-query";
import { Paperclip } from "lucide-react";
import type { FileAnswer } from "@/core/contracts/file";
import { shownInline } from "@/core/file-types";
import { useTRPC } from "@/components/trpc";
import { Button } from "@/components/ui/button";
import { fileWords } from "./file-entry";

/** Files of an answer, each with a way to open it, for members who may see that answer. */
export function OpenFiles({ files }: { files: readonly FileAnswer[] }) {
  return (
    <span className="flex flex-col items-start gap-2">
      {files.map((file) => (
        <OpenFile key={file.id} file={file} />
      ))}
    </span>
  );
}

function OpenFile({ file }: { file: FileAnswer }) {
  const api = useTRPC();
  const open = useMutation(api.files.open.mutationOptions());
  const show = () => {
    // Opened while the press lasts: later, browsers take it for an advertisement.
    const tab = shownInline.has(file.type) ? window.open("", "_blank") : null;
    if (tab !== null) tab.opener = null;
    open.mutate(
      { id: file.id },
      {
        onSuccess: ({ url }) => (tab ?? window).location.assign(url),
        onError: () => tab?.close(),
      },
    );
  };
  return (
    <span className="flex max-w-full flex-col items-start gap-1">
      <Button busy={open.isPending} onClick={show} className="h-auto min-h-9 max-w-full text-left max-sm:min-h-11">
        <Paperclip size={15} aria-hidden className="shrink-0" />
        <span className="min-w-0 [overflow-wrap:anywhere] whitespace-normal">Open {fileWords(file)}</span>
      </Button>
      {open.error && (
        <span role="alert" className="text-label font-medium text-failed">
          {open.error.message}
        </span>
      )}
    </span>
  );
}
