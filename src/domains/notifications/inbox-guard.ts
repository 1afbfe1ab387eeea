import { inboxGuards, type UseCase } from '../../sdk/index.ts';

/** Before an act on one's own inbox: traits of the seat may be a moment old, so whoever knows is asked. @throws WindowSuspended */
export async function guardInbox(use: UseCase): Promise<void> {
  for (const { guard } of use.registered(inboxGuards)) await guard(use);
}
