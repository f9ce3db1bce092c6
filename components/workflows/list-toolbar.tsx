"use client";
import { workflowStatuses, type WorkflowListItem } from "@/core/contracts/workflow";
import { SearchInput } from "@/components/ui/search-input";
import { Select } from "@/components/ui/select";
import { folderTree, type WorkflowFilter } from "./workflow-filter";

interface ListToolbarProps {
  items: readonly WorkflowListItem[];
  filter: WorkflowFilter;
  inTrash: boolean;
  onFilter: (change: Partial<WorkflowFilter>) => void;
  onTrash: () => void;
}

const trashValue = "\u0000trash";
const everywhere = "\u0000all";

/** Search and status; on small screens the folders too. */
export function ListToolbar({ items, filter, inTrash, onFilter, onTrash }: ListToolbarProps) {
  return (
    <div className="flex flex-wrap gap-2">
      <Select
        aria-label="Folder"
        className="w-full lg:hidden"
        value={inTrash ? trashValue : (filter.folder ?? everywhere)}
        onChange={({ target: { value } }) =>
          value === trashValue ? onTrash() : onFilter({ folder: value === everywhere ? null : value })
        }
      >
        <option value={everywhere}>All workflows</option>
        {folderTree(items).map(({ path, count }) => (
          <option key={path} value={path}>{`${path} (${String(count)})`}</option>
        ))}
        <option value={trashValue}>Trash</option>
      </Select>
      {!inTrash && (
        <>
          <SearchInput
            label="Search workflows"
            placeholder="Name, tag or owner"
            value={filter.q}
            onChange={(q) => onFilter({ q })}
            className="min-w-0 flex-1 sm:max-w-80"
          />
          <Select
            aria-label="Status"
            value={filter.status ?? ""}
            onChange={({ target: { value } }) =>
              onFilter({ status: workflowStatuses.find((each) => each === value) ?? null })
            }
          >
            <option value="">Every status</option>
            {workflowStatuses.map((status) => (
              <option key={status} value={status}>
                {statusWords[status]}
              </option>
            ))}
          </Select>
        </>
      )}
    </div>
  );
}

const statusWords: Record<WorkflowListItem["status"], string> = {
  draft: "Draft",
  active: "Active",
  retired: "Retired",
};
