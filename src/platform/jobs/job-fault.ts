import type { Issue } from '../input/input-faults.ts';
import type { Message } from '../language/language.ts';
import { isForbidden } from '../read/refusal.ts';
import { messagesOf, Refusal, type RefusalPayload } from '../schema/refusal-type.ts';
import type { JobFault } from './job.entity.ts';
import { JobFailure } from './job-kind.ts';

const REASONS = {
  SEAT_GONE: { en: 'Whoever started this is no longer here.', 'zh-CN': '发起人已不在本企业。' },
  FORBIDDEN: { en: 'Whoever started this may no longer do it.', 'zh-CN': '发起人已无权执行此操作。' },
  PLUGIN_DISABLED: { en: 'This plugin is switched off in your organization.', 'zh-CN': '贵企业已停用该应用。' },
  TRIED_TOO_OFTEN: { en: 'This was tried several times and did not come to its end.', 'zh-CN': '多次尝试均未完成。' },
  LIMIT_EXCEEDED: {
    en: 'This is more than one step can do: make it smaller, or try again when there is less to do.',
    'zh-CN': '一次处理的数据过多，请减少后重试，或稍后再试。',
  },
  INTERNAL: { en: 'This failed by a fault of the server.', 'zh-CN': '因服务器故障而失败。' },
} as const satisfies Record<string, Message>;

/** Why the server itself ends a job. */
export const reason = (code: keyof typeof REASONS): JobFault => ({ code, message: REASONS[code] });

/** What ends a job for good, where an error does; undefined: it may be tried again. */
export function lastingFaults(error: unknown): readonly JobFault[] | undefined {
  if (error instanceof JobFailure) return error.faults;
  if (error instanceof Refusal) return refusalFaults(error);
  if (isForbidden(error)) return [reason('FORBIDDEN')];
  return undefined;
}

/** In both languages: whoever reads it may not be whoever was refused. */
function refusalFaults(refusal: Refusal): readonly JobFault[] {
  const { issues } = refusal.facts as { readonly issues?: readonly Issue[] };
  if (issues?.length) return issues.map(({ path, code, message }) => ({ path, code, message }));
  return [{ path: refusal.path, code: refusal.type.code, message: messagesOf(refusal) }];
}

/** What a job tells of one of many that was refused (`refusalPayload`, `refusedItemPayload`): of several faults the first. */
export function itemFault(payload: object): JobFault {
  const { '@message': message, '@issues': [first] = [], code } = payload as RefusalPayload & { readonly code: string };
  return first ? { path: first.path, code: first.code, message: first.message } : { path: [], code, message };
}
