"use client";
import { createContext, useContext } from "react";
import { z } from "zod";
import { uploadedFileSchema, type UploadedFile } from "@/core/contracts/file";

/** Where the files of a form are added, and what proves that one may. */
export interface FileDoor {
  /** `/api/files/page` */
  path: string;
  /** Of the address, beside what every upload says. */
  query?: Readonly<Record<string, string>>;
  /** The secret part of the link that opened the page. */
  link?: string;
}

/** Of a form that nobody is asked yet: shows the controls, and takes nothing. */
export const previewFiles: FileDoor = { path: "" };

/** Of a form that a member answers, or rehearses. */
export function memberFiles(waitpointId: string): FileDoor {
  return { path: `/api/v1/forms/${waitpointId}/files` };
}

interface FormFiles {
  door: FileDoor | null;
  /** Paths of the questions to which something is being added: the form is not sent meanwhile. */
  arriving: Set<string>;
}

const FormFilesContext = createContext<FormFiles>({ door: null, arriving: new Set() });
export const FormFilesProvider = FormFilesContext.Provider;

export function useFormFiles(): FormFiles {
  return useContext(FormFilesContext);
}

interface Adding {
  question: string;
  name: string;
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** Sends a file; rejects with a sentence. Only this way of sending says how far it is. */
export function addFile(
  door: FileDoor,
  file: Blob,
  { question, name, onProgress, signal }: Adding,
): Promise<UploadedFile> {
  if (door.path === "") return Promise.reject(new Error("This is a preview. Files are added when the form is asked."));
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ ...door.query, question, name });
    request.open("POST", `${door.path}?${query.toString()}`);
    if (door.link !== undefined) request.setRequestHeader("holdpoint-link", door.link);
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.onprogress = ({ loaded, total }) => onProgress(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      const added =
        request.status === 200 ? uploadedFileSchema.safeParse(jsonOf(request.responseText)).data : undefined;
      if (added === undefined) reject(new Error(refusalIn(request.responseText)));
      else resolve(added);
    };
    request.onerror = () => reject(new Error("The connection broke off. Add the file again."));
    request.onabort = () => reject(new Error(""));
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}

const refusalSchema = z.object({ error: z.object({ message: z.string() }) });

function refusalIn(text: string): string {
  return refusalSchema.safeParse(jsonOf(text)).data?.error.message ?? "This file could not be added. Try again.";
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
