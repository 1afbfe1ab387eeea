import type { EntityRole, Held } from '../read/entity-role.ts';
import { checkWays } from '../sql/sql-probe.ts';
import { DeclarationError } from './claims.ts';
import type { Declarations } from './declarations.ts';

/**
 * A role toward rows of another module's type, or more ways to hold one: whoever bears it reads what its rules admit, so a plugin adds to
 * roles of its own prefix alone. More ways are asked beside those that there are; what is known of a seat without asking stays as it was.
 * @throws DeclarationError
 */
export function contributeRole(all: Declarations, module: string, type: string, added: EntityRole): void {
  const { roles, table } = all.entity(type);
  all.mayAddTo(added.role, module);
  all.role(added.role, module);
  checkWays(table, added.ways);
  const at = roles.findIndex(({ role }) => role === added.role);
  if (at < 0) {
    roles.push(added);
    return;
  }
  if (added.ways.length === 0)
    throw new DeclarationError(`${module} adds no way to hold ${added.role.name} toward ${type}`, 'write it with `heldToward`');
  const known = roles[at]!;
  roles[at] = { ...known, held: (seat) => more(known.held(seat), added.held(seat)), ways: [...known.ways, ...added.ways] };
}

/** Ways are asked of each row: that somebody holds a role toward all rows is for its own module to say. */
const more = (known: Held, added: Held): Held => (known === 'NONE' && added !== 'NONE' ? 'SOME' : known);
