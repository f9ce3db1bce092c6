"use client";
import { useEffect, useState } from "react";

/** A value once it has not changed for a while: checking may lag behind typing, typing may not. */
export function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}
