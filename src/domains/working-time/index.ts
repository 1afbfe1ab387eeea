export { workingTimeModule } from './module.ts';
export { workingClock } from './working-calendar.service.ts';
