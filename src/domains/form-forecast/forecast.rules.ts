import { fieldsOf, type TemplateBody } from '@guichet/forms';
import type { Language, Message } from '../../sdk/index.ts';
import { type Approver, asStop, type Goes, type People, type RouteStop, whoApproved, whoseTurns } from '../forms/index.ts';

/** A place of a stop: one person, or any of several; nobody: it waits for an admin. `forIds`: in whose places some of them stand. */
interface ForecastSlot {
  readonly employeeId: string | null;
  readonly anyOfIds: readonly string[];
  readonly forIds: readonly string[];
}
/** A stop as it is told: who is asked, and why. */
export interface ForecastStep {
  readonly name: string | null;
  readonly slots: readonly ForecastSlot[];
  readonly by: readonly Approver['by'][];
  /** What the step's condition looks at; empty: it is always taken. */
  readonly because: readonly string[];
  /** Who it is hangs on the contact, and none was named. */
  readonly hangsOnContact: boolean;
}
interface Asking extends Pick<TemplateBody, 'fields'> {
  /** Who would hand it in, where they have no turn of it. */
  readonly submitterId?: string;
  readonly isOfNobody: boolean;
  readonly people: People;
}
const OF_CONTACT: readonly Approver['by'][] = ['OWNER', 'OWNERS_SUPERVISOR'];

/** The stops as the engine would open them: whoever has left has no turn, nor whoever would approve twice in somebody's place. */
export function toldStops(stops: readonly RouteStop[], asking: Asking): readonly ForecastStep[] {
  const alone: Goes[] = [];
  return stops.map((stop) => {
    const approved = whoApproved(alone);
    const turns = whoseTurns(asStop(stop, asking.people, { approved }), asking.submitterId ?? null).map(({ goes }) => goes);
    alone.push(...turns.flatMap((goes) => (goes.length === 1 ? goes : [])));
    return toldStop(stop, turns, asking);
  });
}

function toldStop({ step, slots }: RouteStop, turns: readonly (readonly Goes[])[], { fields, isOfNobody }: Asking): ForecastStep {
  const asked = step?.when ? fieldsOf(step.when) : new Set<string>();
  return {
    name: step?.name ?? null,
    hangsOnContact: isOfNobody && slots.some(({ by }) => by.some((one) => OF_CONTACT.includes(one.by))),
    slots: turns.map(toldSlot),
    by: [...new Set(slots.flatMap(({ by }) => by.map((one) => one.by)))],
    because: fields.filter(({ id }) => asked.has(id)).map(({ label }) => label),
  };
}
function toldSlot(goes: readonly Goes[]): ForecastSlot {
  const people = goes.flatMap(({ holder }) => holder ?? []);
  const forIds = goes.flatMap((one) => [...(one.for ? [one.for] : []), ...(one.alsoFor ?? [])]);
  return { employeeId: people.length === 1 ? people[0]! : null, anyOfIds: people.length > 1 ? people : [], forIds };
}

const BY: Readonly<Record<Approver['by'], Message>> = {
  EMPLOYEE: { en: 'named in the template', 'zh-CN': '模板指定' },
  OWNER: { en: 'whoever answers for the contact', 'zh-CN': '联系人的负责人' },
  OWNERS_SUPERVISOR: { en: 'the supervisor of whoever answers for the contact', 'zh-CN': '负责人的主管' },
  RIGHT: { en: 'holders of a right', 'zh-CN': '持有指定权限的管理员' },
  DEPARTMENT_SUPERVISORS: { en: 'supervisors of a department', 'zh-CN': '指定部门的主管' },
};

export function whoIsAsked({ by, because, slots, hangsOnContact }: ForecastStep, language: Language): string {
  const who = by.map((one) => BY[one][language]).join(language === 'en' ? ', ' : '、');
  const isEmpty = slots.some(({ employeeId, anyOfIds }) => employeeId === null && anyOfIds.length === 0);
  const nobody = hangsOnContact
    ? { en: '; it depends on the contact', 'zh-CN': '；取决于联系人' }[language]
    : { en: '; nobody at the moment, so an admin claims it', 'zh-CN': '；目前无人，由管理员领取' }[language];
  const away = slots.some(({ forIds }) => forIds.length > 0)
    ? { en: '; a stand-in has the turn', 'zh-CN': '；由代理人审批' }[language]
    : '';
  const fields = because.join(language === 'en' ? ', ' : '、');
  const taken = because.length ? { en: `; because of: ${fields}`, 'zh-CN': `；依据：${fields}` }[language] : '';
  return `${who}${away}${isEmpty ? nobody : ''}${taken}`;
}
