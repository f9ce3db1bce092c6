import type { Metadata } from "next";
import { Link } from "@/components/ui/link";
import { CenteredPage } from "@/components/shell/centered-page";
import { buttonClass } from "@/components/ui/button-look";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <CenteredPage
      title="There is nothing here"
      text="The address may be mistyped, or what it showed is gone or not yours to see."
    >
      <Link href="/" className={buttonClass({ look: "primary" })}>
        Go to the start page
      </Link>
    </CenteredPage>
  );
}
