export { workingTimeModule } from './module.ts';
export { workingCount } from './working-calendar.service.ts';
