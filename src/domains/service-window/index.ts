export { serviceWindowModule } from './module.ts';
export { serviceWindow } from './permissions.ts';
export { serviceWindows, windowMembers } from './service-window.entity.ts';
export { type Entrance, enterWindow } from './window-access.ts';
