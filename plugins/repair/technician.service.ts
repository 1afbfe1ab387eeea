import type { UseCase } from '@guichet/sdk';
import { Technician } from './visit.entity.ts';

export interface TechnicianGiven {
  readonly employeeId: string;
  readonly firstName: string;
  readonly skills?: readonly string[];
  readonly areas?: readonly string[];
  readonly isRetired?: boolean;
}
/** An employee is a technician once. @returns the technician's id */
export async function setTechnician(
  use: UseCase,
  { employeeId, firstName, skills = [], areas = [], isRetired = false }: TechnicianGiven,
): Promise<string> {
  await use.takeTurn('repair.technicians');
  const found = await use.em.findOne(Technician, { employeeId });
  const now = { firstName, skills: [...new Set(skills)], areas: [...new Set(areas)], retiredAt: isRetired ? use.now : null };
  if (!found) return use.em.create(Technician, { employeeId, ...now }).id;
  use.em.assign(found, now);
  return found.id;
}
