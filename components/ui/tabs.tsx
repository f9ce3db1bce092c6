"use client";
import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

interface TabsProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** `fill`: the panel takes the height that is left in a column, without a gap above it. */
  tabs: { value: string; label: string; count?: number; fill?: boolean; panel: ReactNode }[];
}

export function Tabs({ label, value, onChange, tabs }: TabsProps) {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => onChange(String(next))}
      className={tabs.some((tab) => tab.fill) ? "flex min-h-0 flex-1 flex-col" : undefined}
    >
      <Base.List aria-label={label} className="flex shrink-0 gap-6 overflow-x-auto border-b">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-px inline-flex h-11 items-center gap-2 border-b-2 border-transparent font-medium whitespace-nowrap text-ink-2 focus-visible:-outline-offset-2 hover:text-ink data-[active]:border-ink data-[active]:text-ink"
          >
            {tab.label}
            {tab.count !== undefined && <span className="text-label font-normal text-ink-3">{tab.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel
          key={tab.value}
          value={tab.value}
          className={
            tab.fill
              ? "flex min-h-0 flex-1 flex-col"
              : tabs.some((each) => each.fill)
                ? "min-h-0 flex-1 pt-6 pb-8"
                : "pt-6"
          }
        >
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
