import type { GuichetBuilder } from '../../sdk/index.ts';
import type { FurtherPhone } from './contact.entity.ts';
import { PhoneKindName } from './contact.refs.ts';
import { contact } from './permissions.ts';

const MOST_PHONES = 20;
const LABEL = 50;
const TYPED = 40;

/** Further numbers of contacts (spec 3.2). @returns the input of mutations that take them */
export function furtherPhoneTypes(builder: GuichetBuilder) {
  const rule = contact.own;
  builder.objectRef<FurtherPhone>('ContactPhone').implement({
    description: 'A number of a contact beside the main one.',
    fields: (t) => ({
      phone: t.exposeString('phone', {
        description: 'E.164; of a phone book as it was written there, where it is no number that exists.',
        rule,
      }),
      extension: t.exposeString('extension', { nullable: true, description: 'Its extension.', rule }),
      kind: t.field({ type: PhoneKindName, description: 'What it is.', rule, resolve: ({ kind }) => kind }),
      label: t.exposeString('label', { nullable: true, description: 'What it is called.', rule }),
    }),
  });
  const Given = builder.inputType('ContactPhoneInput', {
    description: 'A number of a contact beside the main one. Others may have it too.',
    fields: (t) => ({
      phone: t.text({ description: 'The number, as a main one is typed.', max: TYPED }),
      kind: t.choice(PhoneKindName, { description: 'What it is.' }),
      label: t.text({ description: 'What it is called, such as `Assistant`.', required: false, max: LABEL }),
    }),
  });
  return { Given, most: MOST_PHONES };
}
export type FurtherPhoneInput = ReturnType<typeof furtherPhoneTypes>;
