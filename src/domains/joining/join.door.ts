import { type Language, service, type UseCase } from '../../sdk/index.ts';
import type { IdentityDoor } from '../accounts/index.ts';

const HOUR = 3_600_000;

/** How much is taken from whom: of applications, and of codes that are asked for on a link's page, each counted apart (spec 5.6). */
export interface JoinLimits {
  /** In an hour. */
  readonly perPhone: number;
  /** In an hour; a shop's network is one address. */
  readonly perAddress: number;
  /** In a day. */
  readonly perLink: number;
  /** Codes of links that were never given out, in an hour, from one address. */
  readonly unknownPerAddress: number;
}
export const DEFAULT_JOIN_LIMITS: JoinLimits = { perPhone: 5, perAddress: 200, perLink: 200, unknownPerAddress: 100 };
export const WINDOWS = { hour: HOUR, day: 24 * HOUR } as const;

/** What the app hands to this module: whoever comes with a link has no seat, so the server itself acts in the organization. */
export interface JoinDoor {
  readonly identity: IdentityDoor;
  readonly limits: JoinLimits;
  /** Where whoever was let in signs in; undefined where the operator has not said so. */
  readonly portalUrl: string | undefined;
  now(): Date;
  /** Does something in an organization, as the server itself and in one transaction; events are told when it is committed. */
  act<T>(organizationId: string, language: Language, work: (use: UseCase) => Promise<T>): Promise<T>;
}
export const joinDoor = service<JoinDoor>('joining.door');
