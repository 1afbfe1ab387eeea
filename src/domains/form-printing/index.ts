export { formPrintingModule } from './module.ts';
export { printRoute } from './print.route.ts';
