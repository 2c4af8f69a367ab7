import type { Role } from './collected';
import { carryForward, type OrderGroups } from './order-groups';
import { joinOrders, joinProducts, markItemised, ordersOf } from './order-joins';
import type { ReadTable } from './read-table';

/** A file whose rows become order lines, with what other rows and other files say of them. */
export type LineSource = {
  /** With what was carried to its rows and joined to them. */
  table: ReadTable;
  /** As it was read. */
  read: ReadTable;
  groups: OrderGroups;
  isOfOrder(role: Role): boolean;
  rowAmount: Float64Array | null;
  /** 1 for the rows of orders whose lines stand in an items file; null where there are none. */
  isItemised: Uint8Array | null;
};

/** Orders and their items, in the order of the files; items that no order knows are `lost`. */
export function prepareLines(
  orders: ReadTable[],
  items: ReadTable[],
  products: ReadTable[],
): { sources: LineSource[]; lost: ReadTable[] } {
  const carried = orders.map((read) => ({ read, ...carryForward(read) }));
  const owned = items.map((read) => ({ read, orders: ordersOf(read, orders) }));
  const own = carried.map(({ read, table, groups }): LineSource => {
    const mine = owned.filter((one) => one.orders === read).map((one) => one.read);
    return {
      read,
      groups,
      table: joinProducts(table, products),
      isOfOrder: () => false,
      rowAmount: null,
      isItemised: mine.length > 0 ? markItemised(read, mine) : null,
    };
  });
  const joined = owned.flatMap(({ read, orders: known }): LineSource[] => {
    if (!known) return [];
    const { table } = carried.find((one) => one.read === known)!;
    const { table: wide, ...rest } = joinOrders(read, table);
    return [{ read, ...rest, ...carryForward(joinProducts(wide, products)), isItemised: null }];
  });
  const lost = owned.flatMap(({ read, orders: known }) => (known ? [] : [read]));
  return { sources: [...own, ...joined], lost };
}
