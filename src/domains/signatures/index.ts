export { signaturesModule } from './module.ts';
