import type { CertificationLevel } from '../../domains/organization/index.ts';
import type { AdminRight } from '../../sdk/index.ts';

export interface PlannedEmployee {
  /** Names the employee within the plan. */
  readonly key: string;
  readonly name: string;
  /** E.164 */
  readonly phone: string;
  readonly department: string;
  readonly position?: string;
  readonly supervises?: boolean;
  /** For the whole organization; plugins’ too. */
  readonly rights?: readonly string[];
  /** For one department and those below it. */
  readonly scopedRights?: readonly { readonly right: AdminRight; readonly department: string }[];
}
export interface PlannedContact {
  readonly key: string;
  readonly name: string;
  /** E.164 */
  readonly phone: string;
  readonly company?: string;
  /** Key of an employee; nobody's without. */
  readonly owner?: string;
  /** Keys of employees. */
  readonly sharees?: readonly string[];
  /** Let in at the service window. */
  readonly isMember?: boolean;
}
export interface PlannedTagGroup {
  readonly group: string;
  readonly color: string;
  readonly tags: readonly string[];
}
/** An organization with its people, to be made in one go: for demos and tests. The first employee must hold all rights. */
export interface OrganizationPlan {
  /** UUID */
  readonly id: string;
  readonly name: string;
  readonly certification: CertificationLevel;
  /** ISO 3166 code; that of China without it. */
  readonly country?: string;
  /** IANA name; that of China without it. */
  readonly timeZone?: string;
  readonly hasWindow: boolean;
  readonly isDemo: boolean;
  /** Each with the one above it, which stands before it. */
  readonly departments: readonly (readonly [name: string, parent?: string])[];
  readonly employees: readonly PlannedEmployee[];
  readonly tagGroups: readonly PlannedTagGroup[];
  readonly contacts: readonly PlannedContact[];
}
