import type { UseCase } from '../../sdk/index.ts';
import type { Flow } from './template-body.ts';

const HOUR = 3_600_000;

/** Until when a turn that begins now at a stop is to be decided; undefined where its step says nothing. */
export function dueAt(use: UseCase, { route }: Flow, stop: string): Date | undefined {
  const hours = route === 'BY_HAND' ? undefined : route.find(({ id }) => stop === id || stop.startsWith(`${id}:`))?.dueHours;
  return hours === undefined ? undefined : new Date(use.now.getTime() + hours * HOUR);
}
