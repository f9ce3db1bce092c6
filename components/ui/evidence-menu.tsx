"use client";
import { Menu } from "@base-ui/react/menu";
import { FileCheck } from "lucide-react";
import { buttonClass, type ButtonLook } from "./button-look";

/** Evidence as a file, for people or as data. `address`: where it is, without its form; null: it needs something first, which `reason` says. */
export function EvidenceMenu({ address, reason, size }: { address: string | null; reason?: string } & ButtonLook) {
  if (address === null)
    return (
      <button
        type="button"
        aria-disabled
        title={reason}
        className={`${buttonClass({ size })} cursor-not-allowed opacity-55`}
      >
        <FileCheck size={15} aria-hidden /> Evidence
      </button>
    );
  const file = (format: "json" | "pdf") => `${address}${address.includes("?") ? "&" : "?"}format=${format}`;
  return (
    <Menu.Root>
      <Menu.Trigger className={buttonClass({ size })}>
        <FileCheck size={15} aria-hidden /> Evidence
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-50">
          <Menu.Popup className="w-64 animate-appear rounded-card border border-hairline bg-surface p-1.5 shadow-lg outline-none">
            <Menu.Item render={<a href={file("pdf")} download />} className={itemClass}>
              PDF to read
            </Menu.Item>
            <Menu.Item render={<a href={file("json")} download />} className={itemClass}>
              JSON with the proof
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

const itemClass =
  "flex h-9 cursor-pointer items-center gap-2 rounded-control px-2.5 font-medium outline-none data-[highlighted]:bg-sunken max-sm:h-11";
