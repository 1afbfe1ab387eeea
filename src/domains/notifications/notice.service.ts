import type { Listener } from '../../sdk/core.ts';
import { announcement, isServer, listen, shared } from '../../sdk/index.ts';
import { Notice, type NoticePart } from './notice.entity.ts';

/** One row holds so many: however much a use case does, whoever makes notifications takes it in bites. */
const MOST_PARTS = 200;

/** Written at the end of the use case, with all that it writes: one row for most. */
const noted = shared<NoticePart>('notifications.noted', async (use, parts) => {
  const { id, kind } = use.seat;
  const actor = isServer(use.seat) ? { actor_id: null, actor_kind: null } : { actor_id: id, actor_kind: kind };
  const rows = [];
  for (let at = 0; at < parts.length; at += MOST_PARTS)
    rows.push({ id: use.newId(), ...actor, parts: parts.slice(at, at + MOST_PARTS), at: use.now });
  use.on(Notice).add(rows);
});

/** Notes what is announced, for each announcement that some kind is made from. */
export const notingListeners = (names: readonly string[]): Listener[] =>
  [...new Set(names)].map((name) =>
    listen(announcement<NoticePart['payload']>(name), async (use, payload) => use.last(noted, { id: use.newId(), name, payload })),
  );
