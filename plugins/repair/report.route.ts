import { forbidden, type PluginRoute, phoneProofs, publicRule, type RouteAnswer, type UseCase } from '@guichet/sdk';
import { faultsOfReport, MOST_WRITTEN, type Report, reportIn } from './report.rules.ts';
import { takeReport } from './report.service.ts';
import { closedPage, codePage, detailsPage, donePage } from './report-page.html.ts';
import { WORDS } from './report-page.words.ts';
import { settingsOf } from './settings.ts';

const PURPOSE = 'REPAIR_REPORT';
const PATH = 'report';

/** @throws FORBIDDEN unless the organization takes reports of people without an account */
async function refuseUnlessOn(use: UseCase): Promise<void> {
  if (!(await settingsOf(use)).reportsWithoutAccount) throw forbidden();
}

/** Proves the phone first; whether the machine is known, whoever has proven nothing does not learn. */
async function take(use: UseCase, written: Report): Promise<RouteAnswer> {
  const { language } = use;
  const words = WORDS[language];
  const wrong = new Map([...faultsOfReport(written)].map(([field, fault]) => [field, words.faults[fault]]));
  const phone = wrong.has('phone') ? undefined : await use.service(phoneProofs).mobile(use, written.phone);
  if (!phone && !wrong.has('phone')) wrong.set('phone', words.faults.NO_MOBILE);
  if (wrong.size || !phone) return detailsPage({ language, written, faults: wrong });
  const proof = { purpose: PURPOSE, phone };
  if (!written.code) return askForCode(use, written, proof);
  const isProven =
    written.code.length <= MOST_WRITTEN.code && (await use.service(phoneProofs).prove(use, { ...proof, code: written.code }));
  if (!isProven) return codePage({ language, written, faults: new Map([['code', words.faults.WRONG_CODE]]) });
  return taken(use, written, phone);
}

/** People read this page: what is too much is told on it too. */
async function askForCode(
  use: UseCase,
  written: Report,
  proof: { readonly purpose: string; readonly phone: string },
): Promise<RouteAnswer> {
  const { language } = use;
  try {
    await use.service(phoneProofs).requestCode(use, proof);
  } catch (error) {
    if ((error as { extensions?: { code?: string } }).extensions?.code !== 'RATE_LIMITED') throw error;
    return closedPage(language, 429, WORDS[language].tooManyCodes);
  }
  return codePage({ language, written });
}

async function taken(use: UseCase, written: Report, phone: string): Promise<RouteAnswer> {
  const { language } = use;
  const words = WORDS[language];
  const found = await takeReport(use, written, phone);
  if (found === 'TOO_MANY') return closedPage(language, 429, words.tooMany);
  return found === 'UNKNOWN' ? closedPage(language, 404, words.unknown) : donePage(language, found.number);
}

/** The page behind the sticker of a machine: `/plugins/repair/<organization>/report?qr=…`. */
export const reportRoutes: readonly PluginRoute[] = [
  {
    method: 'GET',
    path: PATH,
    rule: publicRule,
    description: 'The page on which whoever stands before a machine reports, without an account, what is wrong with it.',
    run: async (use, { query }) => {
      await refuseUnlessOn(use);
      const written: Report = { qr: query.get('qr') ?? '', problem: '', name: '', phone: '', code: '' };
      return detailsPage({ language: use.language, written });
    },
  },
  {
    method: 'POST',
    path: PATH,
    rule: publicRule,
    description: 'Takes what was written on that page: sends a code to the phone, and with the code takes the report.',
    bodyBytes: 32 * 1024,
    run: async (use, { body }) => {
      await refuseUnlessOn(use);
      return take(use, reportIn(body.toString()));
    },
  },
];
