import { type UseCase, versionConflict } from '../../sdk/index.ts';
import { windowNotOpen } from './errors.ts';
import { ServiceWindow } from './service-window.entity.ts';

/** @throws WindowNotOpen, VersionConflict */
export async function findWindow(use: UseCase, expectedVersion: number) {
  const window = await use.em.findOne(ServiceWindow, { organizationId: use.organizationId });
  if (!window) throw windowNotOpen({});
  if (window.version !== expectedVersion)
    throw versionConflict({ current: { type: 'ServiceWindow', uuid: use.organizationId } }, ['input', 'expectedVersion']);
  return window;
}
type Found = Awaited<ReturnType<typeof findWindow>>;

/** Changes what the window shows; what is left out stays. */
export function updateWindow(use: UseCase, window: Found, { welcome }: { readonly welcome?: string }): { window: string } {
  if (welcome !== undefined) use.em.assign(window, { welcome: welcome || null });
  return { window: use.organizationId };
}
