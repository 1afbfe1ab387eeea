import type { UseCase } from '@guichet/sdk';
import { ContractTemplate } from './contract.entity.ts';

const CLAUSES = [
  { heading: 'Subject', text: 'The supplier delivers {{goods}} to the buyer.' },
  { heading: 'Price', text: 'The buyer pays {{price}} within 30 days of each delivery.' },
  { heading: 'Term', text: 'Either side may end this contract with its days of notice.' },
];

/** A template of supply contracts. */
export async function demo(use: UseCase): Promise<void> {
  const name = 'Supply';
  if (!(await use.em.findOne(ContractTemplate, { name }))) use.em.create(ContractTemplate, { name, kind: 'SUPPLY', clauses: CLAUSES });
}
