import { fieldValues, type InputMaker } from '../../sdk/index.ts';

/** What of a contact is typed in beside name, phone and tags. @param empty what an empty text does */
export const contactDetails = (t: InputMaker, empty = '') => {
  const some = (said: string, max?: number, isName = false) =>
    t.text({ description: `${said} ${empty}`.trim(), required: false, min: 0, max, isName });
  return {
    company: some('Name of the company; made where there is none of that name.'),
    position: some('What the contact does there.', 100, true),
    address: some('Address.', 500),
    email: some('Email address.', 254),
    remark: some('What is worth knowing.', 2_000),
  };
};
/** Values of the organization's own fields. */
export const customFields = (t: InputMaker, description: string) => t.parsed(fieldValues(description), { required: false });
