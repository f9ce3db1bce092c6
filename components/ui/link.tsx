"use client";
import NextLink from "next/link";
import { useState, type ComponentProps } from "react";

/**
 * A link to another page, which is fetched when somebody is about to follow it: the pointer is on it, a finger touches it, or it has the
 * focus. Fetching whatever is in sight costs the server some thirty requests for every page that is opened.
 */
export function Link({ onPointerEnter, onFocus, ...rest }: Omit<ComponentProps<typeof NextLink>, "prefetch">) {
  const [isMeant, setMeant] = useState(false);
  return (
    <NextLink
      {...rest}
      prefetch={isMeant ? null : false}
      onPointerEnter={(event) => {
        setMeant(true);
        onPointerEnter?.(event);
      }}
      onFocus={(event) => {
        setMeant(true);
        onFocus?.(event);
      }}
    />
  );
}
