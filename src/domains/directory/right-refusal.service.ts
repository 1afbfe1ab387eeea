import type { Message, Refusal, RightScope, UseCase } from '../../sdk/index.ts';
import { departments } from './directory.entity.ts';
import { rightNotYours } from './directory.errors.ts';

/**
 * What is refused: granting and taking itself, moving what a right would come to cover, deciding whose a seat is that holds one, or ending it,
 * going on oneself with what somebody had.
 */
export type RightAct =
  | { readonly act: 'GRANT' }
  | { readonly act: 'MOVE'; readonly path: readonly string[] }
  | { readonly act: 'SEAT'; readonly path: readonly string[] }
  | { readonly act: 'SUCCEED'; readonly path: readonly string[] };

interface Lacking {
  readonly right: string;
  readonly scope: RightScope;
  /** The right that one would have to hold; the same by default. */
  readonly needed?: string;
  readonly isOwn?: boolean;
}

/** Says which right an act is refused for, and what would be needed. */
export async function tellRightNotYours(use: UseCase, lacking: Lacking, given: RightAct): Promise<Refusal> {
  const names = lacking.scope === 'ALL' ? [] : await namesOf(use, lacking.scope);
  const path = given.act === 'GRANT' ? ['input', lacking.isOwn ? 'employeeId' : 'right'] : given.path;
  return rightNotYours({ right: lacking.right, departments: names, message: MESSAGES[given.act](wordsOf(lacking, names)) }, path);
}

async function namesOf(use: UseCase, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await use.on(departments).selectFrom('departments').select('name').where('id', 'in', ids).orderBy('sort_name').execute();
  return rows.map(({ name }) => name);
}

interface Words extends Lacking {
  readonly needed: string;
  readonly over: Message;
}
const wordsOf = (lacking: Lacking, names: readonly string[]): Words => {
  const { needed = lacking.right } = lacking;
  const isWhole = needed !== lacking.right || names.length === 0;
  const over = isWhole
    ? { en: 'for the whole organization', 'zh-CN': '全企业' }
    : { en: `for ${names.join(', ')}`, 'zh-CN': `部门${names.map((name) => `“${name}”`).join('、')}` };
  return { ...lacking, needed, over };
};
const withNeed = ({ needed, over }: Words, en: string, zh: string): Message => ({
  en: `${en} you need ${needed} ${over.en} yourself.`,
  'zh-CN': `${zh}您本人须拥有${over['zh-CN']}的 ${needed} 权限。`,
});

const MESSAGES: Readonly<Record<RightAct['act'], (of: Words) => Message>> = {
  GRANT: (of) =>
    of.isOwn
      ? {
          en: `Another admin grants and takes your rights: this is about ${of.right}.`,
          'zh-CN': `您自己的权限（${of.right}）须由其他管理员授予或收回。`,
        }
      : withNeed(of, `To grant or take ${of.right} here,`, `授予或收回 ${of.right}：`),
  MOVE: (of) =>
    of.isOwn
      ? {
          en: `Your own right ${of.right} would come to cover what is moved: another admin moves it.`,
          'zh-CN': `此调动会使您自己的 ${of.right} 权限扩大，须由其他管理员调动。`,
        }
      : withNeed(
          of,
          `A colleague’s right ${of.right} would come to cover what is moved. For that`,
          `此调动会使同事的 ${of.right} 权限扩大：`,
        ),
  SUCCEED: (of) => withNeed(of, 'To go on yourself with what they have,', '由您本人接手：'),
  SEAT: (of) =>
    withNeed(
      of,
      `They hold ${of.right}. To end it, or to say who signs in to it,`,
      `该员工拥有 ${of.right} 权限。要终止该权限或决定由谁登录：`,
    ),
};
