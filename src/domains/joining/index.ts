export { applyToWindow } from './applying.service.ts';
export { DEFAULT_JOIN_LIMITS, type JoinDoor, type JoinLimits, joinDoor } from './join.door.ts';
export { joinRoute } from './join.route.ts';
export { joinApplications } from './join-application.entity.ts';
export { JoinApplication, WindowLink } from './joining.refs.ts';
export { joiningModule } from './module.ts';
export { windowLinks, windowLinkTags } from './window-link.entity.ts';
