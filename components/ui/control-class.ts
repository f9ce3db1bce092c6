/** Shared look of inputs. Phones get 16 px so that they do not zoom in. */
export const controlClass =
  "w-full min-w-0 rounded-control border border-control bg-surface px-3 text-body text-ink transition-colors duration-[120ms] " +
  "max-sm:text-reading hover:border-ink-2 focus-visible:outline-2 focus-visible:outline-offset-0 " +
  "aria-invalid:border-failed [&[readonly]]:bg-sunken disabled:bg-sunken disabled:text-ink-3";
