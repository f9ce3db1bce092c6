"use client";
import type { ReactNode } from "react";
import { Dialog } from "@/components/ui/dialog";
import { useLetterKeys } from "@/components/ui/letter-keys-choice";
import { letterShortcuts, writingShortcuts } from "@/components/ui/shortcuts";
import { Switch } from "@/components/ui/switch";

/** The keys that there are, and the switch for those of one letter. */
export function ShortcutsDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const { letterKeys, choose } = useLetterKeys();
  const isOn = letterKeys === "on";
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts">
      <div className="flex flex-col gap-5">
        <div>
          <Switch
            label="Shortcuts of one letter"
            checked={isOn}
            onChange={(checked) => choose(checked ? "on" : "off")}
          />
          <p className="mt-1 text-dense text-ink-2">
            Switch them off if you speak to your computer, or if letters are pressed by mistake. Kept in this browser.
          </p>
        </div>
        <Keys title={isOn ? "In the inbox" : "In the inbox, switched off"}>
          {letterShortcuts.map(({ meaning, key, label }) => (
            <Key key={meaning} keys={key.toUpperCase()} label={label} isOn={isOn} />
          ))}
        </Keys>
        <Keys title="Always">
          {writingShortcuts.map(({ keys, label }) => (
            <Key key={keys} keys={keys} label={label} isOn />
          ))}
        </Keys>
      </div>
    </Dialog>
  );
}

function Keys({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1 text-label font-medium text-ink-3">{title}</h3>
      <dl className="divide-y divide-hairline">{children}</dl>
    </section>
  );
}

function Key({ keys, label, isOn }: { keys: string; label: string; isOn: boolean }) {
  return (
    <div className="flex items-center justify-between gap-4 py-1.5">
      <dt className={isOn ? "text-dense" : "text-dense text-ink-3"}>{label}</dt>
      <dd className="shrink-0 rounded-chip border border-hairline bg-sunken px-1.5 text-label font-medium text-ink-2">
        {keys}
      </dd>
    </div>
  );
}
