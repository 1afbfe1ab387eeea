export { contactFieldsModule } from './module.ts';
