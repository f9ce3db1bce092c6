"use client";
import { Paperclip, X } from "lucide-react";
import { useId, useRef, useState } from "react";
import { sizeWords } from "@/core/file-types";
import { Button } from "@/components/ui/button";
import { askedFiles, readFileEntries, takesWords, writeFileEntries, type FileEntry } from "./file-entry";
import { FileProgress } from "./file-progress";
import { QuestionFrame } from "./question-frame";
import type { QuestionProps } from "./question-props";
import { useAdding } from "./use-adding";

/** A question for one file or several: chosen, dropped, or taken with the phone's camera by its own picker. */
export function FileField({ field, path, value, problemAt, onChange }: QuestionProps) {
  const id = useId();
  const asks = askedFiles(field);
  const many = field.kind === "files";
  const files = readFileEntries(value);
  const [isOver, setIsOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const put = (next: readonly FileEntry[]) => onChange(writeFileEntries(next), path);
  const adding = useAdding(path, asks?.maxBytes ?? 0, (file) => put(many ? [...files, file] : [file]));
  const error = adding.problem ?? problemAt(path);
  const take = (list: FileList | null) => {
    const chosen = [...(list ?? [])].map((file) => ({ name: file.name, blob: file }));
    if (chosen.length > 0) adding.add(many ? chosen : chosen.slice(0, 1));
  };
  const word = many ? "Add files" : files.length > 0 ? "Choose another file" : "Choose a file";
  return (
    <QuestionFrame id={id} field={field} hint={asks === null ? "" : takesWords(asks)} error={error}>
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          take(event.dataTransfer.files);
        }}
        className={`flex flex-col gap-2 rounded-control border border-dashed p-3 ${isOver ? "border-ink bg-sunken" : "border-control"}`}
      >
        {files.map((file) => (
          <div key={file.id} className="flex items-center gap-2">
            <Paperclip size={15} aria-hidden className="shrink-0 text-ink-3" />
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
              {file.name} <span className="text-label whitespace-nowrap text-ink-3">{sizeWords(file.size)}</span>
            </span>
            <Button
              look="quiet"
              aria-label={`Take out ${file.name}`}
              onClick={() => {
                put(files.filter((each) => each.id !== file.id));
                input.current?.focus();
              }}
              className="max-sm:size-11"
            >
              <X size={15} aria-hidden />
            </Button>
          </div>
        ))}
        <FileProgress adding={adding} onStop={() => input.current?.focus()} />
        <label className="inline-flex min-h-9 cursor-pointer items-center gap-2 self-start rounded-control border border-control bg-surface px-3 text-dense font-medium has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus max-sm:min-h-11 max-sm:text-reading">
          <Paperclip size={15} aria-hidden />
          {word}
          <input
            ref={input}
            type="file"
            name={path}
            aria-label={`${field.label}: ${word}`}
            aria-describedby={`${id}-about`}
            aria-invalid={error === undefined ? undefined : true}
            accept={asks?.accept.join(",")}
            multiple={many}
            className="sr-only"
            onChange={(event) => {
              take(event.target.files);
              // The same file can be chosen once more.
              event.target.value = "";
            }}
          />
        </label>
        <p className="text-label text-ink-3 max-sm:hidden">or drop it here</p>
      </div>
    </QuestionFrame>
  );
}
