import { AdminRightName, type GuichetBuilder } from '../../sdk/index.ts';
import type { EndedRight, ReturnedRight } from './ended-right.service.ts';
import { directory } from './permissions.ts';

const rule = directory.manage;
const right = { type: AdminRightName, description: 'The right.', rule } as const;
const DEPARTMENTS = 'Names of the departments that it was for, with those below them; none for the whole organization.';

/** What becomes of rights when somebody leaves, loses one, or comes back. */
export function endedRightTypes(builder: GuichetBuilder): void {
  builder.objectRef<EndedRight>('EndedRight').implement({
    description: 'A right that somebody loses.',
    fields: (t) => ({
      right: t.field({ ...right, nullable: false, resolve: (ended) => ended.right as never }),
      departments: t.stringList({ description: DEPARTMENTS, rule, resolve: (ended) => [...ended.departments] }),
      unheld: t.exposeBoolean('unheld', {
        description:
          'Nobody else who is employed holds it so far, so that nobody in the organization can grant it so far any more: whoever runs the server can (`guichet organization admin`). A plugin’s right is still granted by holders of PLUGINS.',
        rule,
      }),
    }),
  });
  builder.objectRef<ReturnedRight>('ReturnedRight').implement({
    description: 'A right of somebody who had left, and what became of it when they came back.',
    fields: (t) => ({
      right: t.field({ ...right, nullable: false, resolve: (ended) => ended.right as never }),
      departments: t.stringList({ description: DEPARTMENTS, rule, resolve: (ended) => [...ended.departments] }),
      returned: t.exposeBoolean('returned', {
        description:
          'Whether they hold it again. Not where you could not grant it and somebody else holds it, nor where its departments are gone: it is granted anew.',
        rule,
      }),
    }),
  });
}
