import { forbidden, refuseSuspended, type Seat, WINDOW_MEMBER } from '../../sdk/index.ts';
import { form } from './permissions.ts';

/** A contact has something to do with forms only as a member of the open window (spec 2.1, 5.2). */
export const isAtWindow = ({ kind, traits }: Pick<Seat, 'kind' | 'traits'>): boolean => kind === 'CONTACT' && traits.has(WINDOW_MEMBER);

/** @throws WINDOW_SUSPENDED, FORBIDDEN */
export function mayBeAtWindow(seat: Seat): void {
  if (isAtWindow(seat)) return;
  refuseSuspended(seat);
  throw forbidden(form.mine);
}
