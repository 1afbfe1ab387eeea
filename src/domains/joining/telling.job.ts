import { z } from 'zod';
import { defineJob, type Language, type TextMessage } from '../../sdk/index.ts';
import { identityDoor, senderName } from '../accounts/index.ts';
import { organizations } from '../organization/index.ts';
import { joinDoor } from './join.door.ts';
import { joinApplications } from './join-application.entity.ts';

const TEXT: Readonly<Record<'ACCEPTED' | 'REFUSED', Readonly<Record<Language, (from: string, said: string) => string>>>> = {
  ACCEPTED: {
    en: (from, portal) => `${from} has let you in at its service window. Sign in with this number${portal ? `: ${portal}` : '.'}`,
    'zh-CN': (from, portal) => `【${from}】您的加入申请已通过，请使用本手机号登录服务窗${portal ? `：${portal}` : '。'}`,
  },
  REFUSED: {
    en: (from, reason) => `${from} has not let you in at its service window: ${reason}`,
    'zh-CN': (from, reason) => `【${from}】您的加入申请未通过：${reason}`,
  },
};

/** Tells those who applied what was decided, by a text message to the phone that they have proven: they have no inbox yet. */
export const telling = defineJob({
  name: 'joining.tell',
  description: 'Tells those who applied at the window what was decided.',
  adminRight: 'WINDOW',
  isAfterthought: true,
  input: z.object({ applicationIds: z.array(z.string()) }),
  run: async ({ input, perform }) => {
    const { texts, messages } = await perform(async (use) => {
      const rows = await use
        .on(joinApplications, organizations)
        .selectFrom('join_applications as application')
        .innerJoin('organizations as of', 'of.organization_id', 'application.organization_id')
        .select(['application.id', 'application.phone', 'application.language', 'application.state', 'application.reason', 'of.name'])
        .where('application.id', 'in', input.applicationIds)
        .where('application.phone_proven', '=', true)
        .where('application.state', '<>', 'PENDING')
        .execute();
      return {
        texts: use.service(identityDoor).texts,
        messages: rows.map((row) => messageOf(row as Told, use.service(joinDoor).portalUrl)),
      };
    });
    for (const message of messages) texts.post(async () => message);
    return undefined;
  },
});

interface Told {
  readonly id: string;
  readonly phone: string;
  readonly language: Language;
  readonly state: 'ACCEPTED' | 'REFUSED';
  readonly reason: string | null;
  readonly name: string;
}
/** @returns a message whose id is the application's: it is delivered once, however often the job is begun. */
function messageOf({ id, phone, language, state, reason, name }: Told, portal: string | undefined): TextMessage {
  const organization = senderName(name);
  const isIn = state === 'ACCEPTED';
  const parameters = { organization, ...(reason === null ? {} : { reason }), ...(isIn && portal ? { portal } : {}) };
  return {
    id,
    phone,
    text: TEXT[state][language](organization, (isIn ? portal : reason) ?? ''),
    language,
    kind: `JOIN_${state}`,
    parameters,
  };
}
