import { defineModule } from '../../sdk/index.ts';
import { forecastTypes } from './forecast.graphql.ts';
import { formForecast } from './permissions.ts';

export const formForecastModule = defineModule({
  name: 'form-forecast',
  version: '0.1.0',
  description: 'Whom a form would go to, told before it is handed in.',
  needs: ['organization', 'fields', 'contacts', 'directory', 'forms', 'form-designer'],
  rules: Object.values(formForecast),
  types: forecastTypes,
});
