import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { SearchGroup } from "./search-rows";
import { SearchList } from "./search-list";

interface Fruit {
  name: string;
}

const nothing = () => undefined;

function drawn(groups: readonly SearchGroup<Fruit>[], query: string): string {
  return renderToStaticMarkup(
    <SearchList
      label="Find a fruit"
      placeholder="Find"
      found="Fruits"
      query={query}
      onQuery={nothing}
      groups={groups}
      onPick={nothing}
      onClose={nothing}
      keyOf={({ name }) => name}
      row={({ name }) => name}
      nothing={query !== "" && "No fruit is called that."}
    />,
  );
}

describe("a search that stays open", () => {
  it("is a named combobox with a named list, and its groups have their titles", () => {
    const html = drawn([{ title: "Sweet", items: [{ name: "Fig" }, { name: "Plum" }] }], "");
    expect(html).toMatch(/<input[^>]*role="combobox"[^>]*aria-expanded="true"/);
    expect(html).toMatch(/<input[^>]*aria-label="Find a fruit"/);
    expect(html).toMatch(/role="listbox"[^>]*aria-label="Fruits"|aria-label="Fruits"[^>]*role="listbox"/);
    expect(html).toContain("Sweet");
    expect(html.match(/role="option"/g)).toHaveLength(2);
  });

  it("makes no group of rows that stand alone", () => {
    expect(drawn([{ title: null, items: [{ name: "Fig" }] }], "f")).not.toContain('role="group"');
  });

  it("says how many are found, or that none is", () => {
    expect(drawn([{ title: null, items: [{ name: "Fig" }] }], "f")).toContain("1 found");
    expect(drawn([], "x")).toContain("No fruit is called that.");
    expect(drawn([], "")).not.toContain("No fruit");
  });
});
