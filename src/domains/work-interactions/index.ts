export { workInteractionsModule } from './module.ts';
