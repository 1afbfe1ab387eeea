import type { HttpExchange, HttpRoute } from '../../sdk/core.ts';
import { auditRecord, type ReadingAs, type Seat } from '../../sdk/index.ts';
import { type FileDoor, holderOf, notThere, openLink } from '../files/index.ts';
import { printedPage } from './print-page.html.ts';
import { POLICY } from './print-page.style.ts';
import { readPrinted } from './print-reading.ts';

export const PRINT_PREFIX = '/print/';

/** What the app hands to the route: who holds a link, and questions of their seat. */
export interface PrintDoor {
  readonly files: FileDoor;
  readonly reading: ReadingAs;
}

/** The addresses of printed forms. What stands on a page is what the seat would be answered now, and nothing else. */
export const printRoute = ({ files, reading }: PrintDoor): HttpRoute => ({
  prefix: PRINT_PREFIX,
  methods: ['GET', 'HEAD'],
  takesHeaders: [],
  tellsHeaders: [],
  async handle(exchange) {
    const link = openLink(files.secret, exchange.url.pathname.slice(PRINT_PREFIX.length), files.now());
    const seat = link?.act === 'PRINT' ? await holderOf(files, link) : undefined;
    const printed = seat && (await readPrinted(reading, seat, link!.fileId, exchange.language));
    if (!printed) return notThere(exchange);
    if (exchange.request.method === 'GET') await noteDown(files, seat!, link!.fileId);
    send(exchange, printedPage(printed, exchange.language, files.now()));
  },
});

/** Who had which form as a page, and when, stands in the audit record before the page is sent (spec 11.1). */
const noteDown = (files: FileDoor, seat: Seat, formId: string): Promise<void> =>
  files.act(seat, async (use) =>
    use.service(auditRecord).record(use, [{ act: 'formPrinted', module: 'form-printing', objects: [['BusinessForm', formId]] }]),
  );

function send({ request, response, language }: HttpExchange, text: string): void {
  response
    .writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': language,
      'Content-Security-Policy': POLICY,
      'Cache-Control': 'private, no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Frame-Options': 'DENY',
      Vary: 'Accept-Language',
    })
    .end(request.method === 'HEAD' ? undefined : text);
}
