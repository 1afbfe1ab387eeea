import { tenantEntity } from '../entities/entity.ts';

/**
 * How often the facts that decide seats have changed in an organization. Tables that say `decidesSeats` raise it by a trigger, in the
 * transaction of the change, so a server that knows the number need not ask for the facts again (promise 2).
 */
export const RightsVersion = tenantEntity(
  'rights_versions',
  (t) => ({ organizationId: t.organization(), version: t.bigint(), raisedBy: t.bigint() }),
  { servesWorker: true },
);
