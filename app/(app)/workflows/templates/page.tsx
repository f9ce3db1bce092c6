import type { Metadata } from "next";
import { TemplateGallery } from "@/components/library/template-gallery";

export const metadata: Metadata = { title: "Templates" };

export default function Page() {
  return <TemplateGallery />;
}
