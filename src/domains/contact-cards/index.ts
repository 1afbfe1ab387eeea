export { contactCardsModule } from './module.ts';
