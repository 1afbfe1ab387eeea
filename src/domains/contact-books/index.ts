export { contactBooksModule } from './module.ts';
