"use client";
import { Monitor, Moon, Sun, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { themeCookie, type Theme } from "./theme";

/** System, light, dark in turn. A cookie keeps the choice, so that the server draws the right one at once. */
export function ThemeToggle({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState<Theme>(initial);
  const { icon: Icon, word, next } = faces[theme];
  return (
    <button
      type="button"
      title={`Theme: ${word}`}
      aria-label={`Theme: ${word}. Change to ${faces[next].word}.`}
      className="inline-flex size-9 items-center justify-center rounded-control text-ink-2 hover:bg-sunken hover:text-ink max-sm:size-11"
      onClick={() => {
        setTheme(next);
        apply(next);
      }}
    >
      <Icon size={18} aria-hidden />
    </button>
  );
}

const faces: Record<Theme, { icon: LucideIcon; word: string; next: Theme }> = {
  system: { icon: Monitor, word: "system", next: "light" },
  light: { icon: Sun, word: "light", next: "dark" },
  dark: { icon: Moon, word: "dark", next: "system" },
};

function apply(theme: Theme) {
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=31536000; samesite=lax`;
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
