import type { GuichetBuilder } from '../../sdk/index.ts';
import { linkTo } from '../files/index.ts';
import { BusinessForm, form } from '../forms/index.ts';
import { PRINT_PREFIX } from './print.route.ts';

const MOST_SECONDS = 3_600;
const USUAL_SECONDS = 300;

/** Where the page of a form is (spec 6.6). */
export function printedForms(builder: GuichetBuilder): void {
  builder.entityFields(BusinessForm, (t) => ({
    printUrl: t.field({
      type: 'URL',
      nullable: true,
      description:
        'Where the form is as a page to be printed, for your seat and this session alone, in the language of whoever opens it; for those inside with its history. What you may read is asked again whenever the address is used. Without a server’s address before it, it is of the server that you ask.',
      rule: form.answers,
      needs: ['id'],
      args: {
        expiresIn: t.arg.integer({
          description: 'Seconds until the address is no good any more; 300 where it is left out.',
          required: false,
          min: 1,
          max: MOST_SECONDS,
        }),
      },
      resolve: ({ id }, { expiresIn }, context) =>
        linkTo(context, 'PRINT', id, (expiresIn ?? USUAL_SECONDS) * 1_000, PRINT_PREFIX)?.url ?? null,
    }),
  }));
}
