"use client";
import { useEffect, useRef, useState } from "react";
import { sizeWords } from "@/core/file-types";
import { addFile, useFormFiles } from "./file-door";
import type { FileEntry } from "./file-entry";

export interface Adding {
  /** What is on its way, and how much of it is there, from 0 to 1. */
  now: { name: string; share: number } | null;
  problem: string | null;
  /** Adds these, one after another. */
  add: (files: readonly { name: string; blob: Blob }[]) => void;
  /** Stops what is on its way. */
  stop: () => void;
}

/** Adds files to a question. `onAdded` is called with each that is there. */
export function useAdding(path: string, maxBytes: number, onAdded: (file: FileEntry) => void): Adding {
  const { door, arriving } = useFormFiles();
  const [now, setNow] = useState<Adding["now"]>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const running = useRef<AbortController | null>(null);
  // Much may be typed until a file is there: what it is added to is the form of that moment.
  const told = useRef(onAdded);
  useEffect(() => {
    told.current = onAdded;
  });
  useEffect(
    () => () => {
      running.current?.abort();
      arriving.delete(path);
    },
    [arriving, path],
  );

  const addAll = async (files: readonly { name: string; blob: Blob }[]) => {
    if (door === null || running.current !== null) return;
    const stopping = new AbortController();
    running.current = stopping;
    arriving.add(path);
    setProblem(null);
    try {
      for (const { name, blob } of files) {
        if (blob.size > maxBytes)
          throw new Error(`${name} is larger than ${sizeWords(maxBytes)}, the most that can be added here.`);
        setNow({ name, share: 0 });
        const onProgress = (share: number) => setNow({ name, share });
        told.current(await addFile(door, blob, { question: path, name, onProgress, signal: stopping.signal }));
      }
    } catch (error) {
      setProblem(error instanceof Error && error.message !== "" ? error.message : null);
    } finally {
      running.current = null;
      arriving.delete(path);
      setNow(null);
    }
  };
  return { now, problem, add: (files) => void addAll(files), stop: () => running.current?.abort() };
}
