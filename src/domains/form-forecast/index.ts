export { formForecastModule } from './module.ts';
