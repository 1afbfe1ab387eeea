import DataLoader from 'dataloader';
import { textIn } from '../../sdk/core.ts';
import {
  type FieldContext,
  type Message,
  type NotifiedFacts,
  notificationKinds,
  notificationSubjects,
  organizationData,
  type Told,
} from '../../sdk/index.ts';
import { type LoadedNotificationKind, subjectSight } from './making.parts.ts';

/** What is left to say where the kind is of a plugin that is gone, or fails to say it. */
const SOMETHING: Message = { en: 'Something happened.', 'zh-CN': '有新消息。' };
type Kind = LoadedNotificationKind['kind'];

/** What a notification says. */
export function saidOf(kinds: readonly unknown[], word: string, told: Told): Message {
  const kind = (kinds as readonly Kind[]).find((one) => one.kind === word);
  try {
    return kind?.text(told) ?? SOMETHING;
  } catch {
    return SOMETHING;
  }
}

export interface TextRow {
  readonly kind: string;
  readonly count: number;
  readonly facts: unknown;
  readonly subject_type: string | null;
  readonly subject_id: string | null;
}
/** In the language of whoever asks. Of an object that they cannot come to any more it says nothing. */
export async function textOf(row: TextRow, context: FieldContext): Promise<string> {
  const { kind, count, facts, subject_type: type, subject_id: id } = row;
  const subject = type && id ? await subjectNames(context).load(`${type} ${id}`) : undefined;
  const isHidden = type !== null && subject === undefined;
  const told: Told = { count, subject: subject || undefined, facts: isHidden ? {} : (facts as NotifiedFacts) };
  return textIn(saidOf(context.switchboard.registered(notificationKinds), kind, told), context.language);
}

/** Names of objects that the seat can come to, by type and id; empty where they have none. One question a level of an answer. */
const subjectNames = (context: FieldContext): DataLoader<string, string | undefined> =>
  context.loader(
    'notifications.subjects',
    () =>
      new DataLoader<string, string | undefined>(async (keys) => {
        const names = await namesFor(context, keys);
        return keys.map((key) => names.get(key));
      }),
  );

async function namesFor({ seat, switchboard }: FieldContext, keys: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const asked = keys.map((key) => {
    const [type, id] = key.split(' ') as [string, string];
    return { seat, type, id };
  });
  const reached = await switchboard.service(subjectSight).reached(asked);
  const subjects = switchboard.registered(notificationSubjects);
  return switchboard.service(organizationData).read(seat.organizationId, async (transaction) => {
    const names = new Map<string, string>();
    for (const [type, of] of Map.groupBy(reached, (one) => one.type)) {
      const ids = [...of].map(({ id }) => id);
      const known = await subjects.find((one) => one.type === type)?.names?.(transaction, ids);
      for (const id of ids) names.set(`${type} ${id}`, known?.get(id) ?? '');
    }
    return names;
  });
}
