import { clsx } from "clsx";
import { Search } from "lucide-react";
import { Input } from "./input";

interface SearchInputProps {
  label: string;
  placeholder: string;
  value: string;
  onChange: (value: string) => void;
  /** How much room it takes. */
  className: string;
}

/** Narrows the list below it. */
export function SearchInput({ label, placeholder, value, onChange, className }: SearchInputProps) {
  return (
    <span className={clsx("relative", className)}>
      <Search
        size={16}
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3 -translate-y-1/2 text-ink-3"
      />
      <Input
        type="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="pl-9"
      />
    </span>
  );
}
