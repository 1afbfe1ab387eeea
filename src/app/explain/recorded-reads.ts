import type { BoundStatement, ReadDatabase } from '../../platform/database/read-database.ts';

/** Notes the statements that reads send. */
export function recorded(reads: ReadDatabase): { readonly reads: ReadDatabase; take(): BoundStatement[] } {
  let sent: BoundStatement[] = [];
  return {
    reads: {
      get statements() {
        return reads.statements;
      },
      read: (organization, bound) => {
        sent.push(...bound);
        return reads.read(organization, bound);
      },
    },
    take: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
  };
}
