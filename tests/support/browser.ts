import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where systems keep a Chromium; `CHROMIUM` names another. */
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** The browser of this machine; undefined where there is none. */
export const BROWSER = [process.env.CHROMIUM, ...PLACES].find((path) => path !== undefined && existsSync(path));

/** Says why a test of pages is left out. */
export const NO_BROWSER = 'left out: there is no Chromium here; install one, or name it in CHROMIUM';

export const openBrowser = (): Promise<Browser> => chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
