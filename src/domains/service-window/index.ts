export { windowNotOpen } from './errors.ts';
export { holdOpenWindow, letIn } from './inviting.service.ts';
export { serviceWindowModule } from './module.ts';
export { serviceWindow, WINDOW_GUEST } from './permissions.ts';
export { serviceWindows, windowLeavings, windowMembers } from './service-window.entity.ts';
export { ServiceWindow, ServiceWindowState } from './service-window.refs.ts';
export { type Entrance, enterWindow, enterWindowFor, entranceOf } from './window-access.ts';
export { type Audience, audienceInput, audienceOf, choose, findAudience, MOST_CHOSEN, shownTo } from './window-audience.ts';
export { tellOfReturn } from './window-time.service.ts';
