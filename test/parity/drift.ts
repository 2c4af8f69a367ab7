// Drift of invoices by month beside scipy 1.10.1: PSI with bins of the reference period, and Kolmogorov-Smirnov.
import { kolmogorovSmirnov } from '../../src/core/kit/statistics/kolmogorov-smirnov';
import { psi, referenceEdges } from '../../src/core/kit/statistics/divergence';
import { readOnlineRetail } from '../fixtures/online-retail';
import { readSharedJson } from '../fixtures/reference';
import { about, type Section } from './comparison';

type Drift = { psi: number; ks: number };
type Known = {
  edges_value: number[];
  edges_items: number[];
  months: { month: string; invoices: number; value: Drift; items: Drift }[];
};

/** Money and items of each invoice, and the month it began in. */
function sumInvoices() {
  const { lines } = readOnlineRetail();
  const value = new Float64Array(lines.nOrders);
  const items = new Float64Array(lines.nOrders);
  const start = new Float64Array(lines.nOrders).fill(Infinity);
  lines.order.forEach((order, row) => {
    value[order]! += lines.amount[row]!;
    items[order]! += lines.quantity![row]!;
    start[order] = Math.min(start[order]!, lines.time[row]!);
  });
  return { value, items, months: Array.from(start, (time) => new Date(time).toISOString().slice(0, 7)) };
}

export const drift: Section = {
  name: 'drift',
  *compare() {
    const known = readSharedJson<Known>('reference/drift_online_retail.json');
    const { months, ...measures } = sumInvoices();
    for (const measure of ['value', 'items'] as const) {
      const all = measures[measure];
      const reference = all.filter((_, i) => months[i]! <= '2011-05');
      const edges = referenceEdges(reference, 10);
      for (const [i, edge] of known[`edges_${measure}`].entries())
        yield about('invoices', 'relative', 1e-9)(`${measure}: edge ${i + 1}`, edges[i]!, edge);
      for (const { month, invoices, [measure]: of } of known.months) {
        const current = all.filter((_, i) => months[i] === month);
        const at = about(`invoices of ${month}`, 'relative', 1e-9);
        yield at('invoices', current.length, invoices);
        yield at(`${measure}: PSI`, psi(reference, current, 10), of.psi);
        yield at(`${measure}: Kolmogorov-Smirnov`, kolmogorovSmirnov(reference, current).statistic, of.ks);
      }
    }
  },
};
