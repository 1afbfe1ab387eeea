import type { IdentityDoor, PhoneTelling } from './identity.door.ts';
import { changesToTell } from './phone-change.service.ts';

/**
 * Goes on where a server went down, or an organization could not follow, after an account had changed its phone. A chore of the server.
 * @throws the first of what failed, when all others are told
 */
export async function tellOrganizations(door: IdentityDoor, telling: PhoneTelling): Promise<void> {
  const faults: unknown[] = [];
  for (const change of await changesToTell(door)) await telling.tell(change).catch((error: unknown) => faults.push(error));
  if (faults.length) throw faults[0];
}
