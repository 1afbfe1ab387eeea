import type { DemoPeople, UseCase } from '@guichet/sdk';
import { Asset } from './asset.entity.ts';
import { RepairPart } from './part.entity.ts';

const PARTS = [
  { sku: 'FAN-120', name: 'Fan 120 mm', priceMinor: 8_900, currency: 'CNY', stock: 40 },
  { sku: 'BELT-A38', name: 'V-belt A38', priceMinor: 3_200, currency: 'CNY', stock: 120 },
  { sku: 'FUSE-10', name: 'Fuse 10 A', priceMinor: 400, currency: 'CNY', stock: 600 },
];
const MACHINES = [
  { name: 'Air compressor 7.5 kW', serial: 'AC-2024-0117', site: '18 Quay Road', area: 'East' },
  { name: 'Cold room unit', serial: 'CR-2023-0042', site: '5 Market Street', area: 'West' },
];

/** Parts, and machines of the customers, unless the organization has them. */
export async function demo(use: UseCase, { customers }: DemoPeople): Promise<void> {
  if (await use.em.findOne(RepairPart, {}, { orderBy: { id: 'asc' } })) return;
  for (const part of PARTS) use.em.create(RepairPart, part);
  for (const [i, machine] of MACHINES.entries())
    use.em.create(Asset, { ...machine, qr: machine.serial, contactId: customers[i] ?? null, company: null, warrantyUntil: '2027-12-31' });
}
