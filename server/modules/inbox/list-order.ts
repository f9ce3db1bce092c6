import type { InboxSort } from "@/core/contracts/inbox";
import type { Money } from "@/core/card-money";
import { isUuid } from "@/core/ids";
import { byCreation, type ListOrder } from "@/server/api/rest/list-page";
import { approvalOrders, type ApprovalPosition } from "@/server/modules/approvals/service";
import type { AskedRow } from "./store";

/** Where an item stands in the list: by when it is due, by when it was asked, by how much it is about, or by when it was decided. */
export type InboxPosition =
  | ApprovalPosition
  | { view: "age"; createdAt: Date; id: string }
  | { view: "amount"; money: Money | null; createdAt: Date; id: string };

export const inboxOrders: Readonly<Record<InboxSort | "decided", ListOrder<AskedRow, InboxPosition>>> = {
  due: approvalOrders.pending,
  decided: approvalOrders.decided,
  age: {
    ...byCreation,
    read(texts) {
      const place = byCreation.read(texts);
      return place && { view: "age", createdAt: place.time, id: place.id };
    },
  },
  amount: {
    length: 4,
    write: (row) => [row.moneyCurrency ?? "", row.moneyAmount ?? "", ...byCreation.write(row)],
    read([currency = "", amount = "", ...texts]) {
      const place = byCreation.read(texts);
      const isNumber = /^-?\d{1,16}(?:\.\d{1,4})?$/.test(amount);
      if (!place || !isUuid(place.id) || currency.length > 20 || (amount !== "" && !isNumber)) return null;
      const money = amount === "" ? null : { currency, amount };
      return { view: "amount", money, createdAt: place.time, id: place.id };
    },
  },
};
