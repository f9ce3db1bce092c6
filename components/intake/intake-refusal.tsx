import { CenteredPage } from "@/components/shell/centered-page";
import { Button } from "@/components/ui/button";

interface Refused {
  message: string;
  data?: { httpStatus: number } | null;
}

/** Nobody outside can do anything about codes: a refused link is a link that no longer works. */
export function IntakeRefusal({ error, onRetry }: { error: Refused; onRetry: () => void }) {
  const status = error.data?.httpStatus ?? 500;
  const text = status < 500 && status !== 429 ? "This link is not valid any more. Ask for a new one." : error.message;
  return (
    <CenteredPage title="This form cannot be opened" text={text}>
      <Button onClick={onRetry}>Try again</Button>
    </CenteredPage>
  );
}
