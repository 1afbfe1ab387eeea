export { organizationModule } from './module.ts';
export { CERTIFICATION_LEVELS, type CertificationLevel, certifications, organizations } from './organization.entity.ts';
export { Organization } from './organization.refs.ts';
export { organizationIsThere, organizationOf, phoneOf } from './organization.service.ts';
export { organization } from './permissions.ts';
export { isSwitchedOff, settingsOf } from './plugin-settings.service.ts';
export { pluginStates } from './plugin-state.entity.ts';
export { type InstalledPlugin, pluginList } from './plugin-state.service.ts';
export { changeTimeZone, timeZoneOf } from './time-zone.service.ts';
