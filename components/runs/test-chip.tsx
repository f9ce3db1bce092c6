import { FlaskConical } from "lucide-react";
import { Chip } from "@/components/ui/chip";

/** Marks what belongs to a test: it is outside every count, and reaches nobody but its tester. */
export function TestChip() {
  return (
    <Chip icon={FlaskConical} title="A test of a draft: nobody but its tester is asked or told">
      Test
    </Chip>
  );
}
