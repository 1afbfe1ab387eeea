export { type LinkAppDoor, linkAppRoutes } from './link-app.route.ts';
export { windowAppsModule } from './module.ts';
export { windowAppContacts, windowAppTable, windowAppTags } from './window-app.entity.ts';
export { WindowAppKindName } from './window-app.refs.ts';
