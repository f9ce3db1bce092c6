import type { TemplateCard } from "@/core/contracts/library";

export function filterTemplates(
  templates: readonly TemplateCard[],
  { q, category }: { q: string; category: string | null },
): TemplateCard[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return templates.filter((template) => {
    const text = [template.title, template.benefit, template.category, ...template.tags, ...template.steps]
      .join(" ")
      .toLowerCase();
    return (category === null || template.category === category) && words.every((word) => text.includes(word));
  });
}

/** In alphabetical order. */
export function templateCategories(templates: readonly Pick<TemplateCard, "category">[]): string[] {
  return [...new Set(templates.map(({ category }) => category))].sort();
}
