import { bringsItsContacts } from './contacts.story.ts';

// A newcomer's company brings its contacts (spec 3.1, 3.6, 3.11, 3.12, 3.13): from a phone's export, a photographed card and a workbook to a
// filtered export, over HTTP against the program that an operator starts. ROWS=20000 is the largest that is taken.

bringsItsContacts(Number(process.env.ROWS ?? 40));
